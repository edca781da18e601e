using System.CommandLine;
using System.CommandLine.Invocation;

namespace IotCard.Sandbox.Serve;

/// <summary>The sandbox's command line.</summary>
internal static class CommandLine
{
    /// <summary>Runs the command that the arguments name.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] arguments, InvocationConfiguration configuration, CancellationToken cancellationToken = default)
    {
        var parsed = new RootCommand("A stand-in for the IoT card service, on loopback and in memory.")
        {
            ServeCommand.Create(),
        }.Parse(arguments);

        // One line for an error in the arguments, without the whole help text.
        if (parsed.Action is ParseErrorAction)
        {
            await configuration.Error.WriteLineAsync(string.Join(' ', parsed.Errors.Select(error => error.Message)));
            return 1;
        }

        return await parsed.InvokeAsync(configuration, cancellationToken);
    }
}
