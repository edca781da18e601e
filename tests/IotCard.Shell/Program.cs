using System.Management.Automation;
using System.Management.Automation.Runspaces;

// Runs a script in the real engine with a module imported, and writes what it puts out, a line an object.
// Arguments: the module, the script's text, and what the script finds in $args.
var state = InitialSessionState.CreateDefault2();
state.ThrowOnRunspaceOpenError = true;
state.ImportPSModule(args[0]);
using var runspace = RunspaceFactory.CreateRunspace(state);
runspace.Open();
using var shell = PowerShell.Create(runspace);
shell.AddScript(args[1]);
foreach (var argument in args.Skip(2))
{
    shell.AddArgument(argument);
}

foreach (var item in shell.Invoke())
{
    Console.WriteLine(item);
}

foreach (var error in shell.Streams.Error)
{
    await Console.Error.WriteLineAsync($"{error.FullyQualifiedErrorId}: {error}");
}
