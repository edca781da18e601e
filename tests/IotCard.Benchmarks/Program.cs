using System.CommandLine;
using System.CommandLine.Invocation;
using IotCard.Benchmarks.Fleet;
using IotCard.Benchmarks.Subjects;

var parsed = new RootCommand("Measures the module against its goals: docs/benchmarks.md.")
{
    FleetCommand.Create(),
    SubjectCommand.Create(),
}.Parse(args);

if (parsed.Action is ParseErrorAction)
{
    await Console.Error.WriteLineAsync(string.Join(' ', parsed.Errors.Select(error => error.Message)));
    return 1;
}

return await parsed.InvokeAsync();
