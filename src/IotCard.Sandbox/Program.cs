using System.CommandLine;
using System.CommandLine.Invocation;
using IotCard.Sandbox.Serve;

var parsed = new RootCommand("A stand-in for the IoT card service, on loopback and in memory.")
{
    ServeCommand.Create(),
}.Parse(args);

// One line for an error in the arguments, without the whole help text.
if (parsed.Action is ParseErrorAction)
{
    await Console.Error.WriteLineAsync(string.Join(' ', parsed.Errors.Select(error => error.Message)));
    return 1;
}

return await parsed.InvokeAsync();
