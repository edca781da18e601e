using System.CommandLine;
using System.CommandLine.Invocation;
using IotCard.Sandbox.Demo;
using IotCard.Sandbox.Serve;

var parsed = new RootCommand("A stand-in for the IoT card service, on loopback and in memory.")
{
    DemoCommand.Create(),
    ServeCommand.Create(),
}.Parse(args);

// One line for what is wrong with the arguments, without the whole help after it.
if (parsed.Action is ParseErrorAction)
{
    await Console.Error.WriteLineAsync(string.Join(' ', parsed.Errors.Select(error => error.Message)));
    return 1;
}

return await parsed.InvokeAsync();
