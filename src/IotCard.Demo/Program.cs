using System.CommandLine;
using System.CommandLine.Invocation;
using IotCard.Demo;

var interactive = new Option<bool>("--interactive") { Description = "Leaves you at a prompt, with the module imported and the sandbox running." };
var command = new RootCommand("Rebinds and unbinds a dozen cards in PowerShell, against the sandbox, and checks every result.") { interactive };
command.SetAction((parsed, cancellationToken) => DemoRun.RunAsync(parsed.GetValue(interactive), cancellationToken));

var parsed = command.Parse(args);
if (parsed.Action is ParseErrorAction)
{
    await Console.Error.WriteLineAsync(string.Join(' ', parsed.Errors.Select(error => error.Message)));
    return 1;
}

// At a prompt, Ctrl+C belongs to PowerShell.
return await parsed.InvokeAsync(parsed.GetValue(interactive) ? new InvocationConfiguration { ProcessTerminationTimeout = null } : null);
