using System.CommandLine;
using IotCard.Sandbox.Serve;

namespace IotCard.Sandbox.Tests;

/// <summary>A command that runs in this process until it is disposed.</summary>
internal sealed class RunningCommand : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly FirstLine _output = new();
    private readonly StringWriter _error = new();
    private readonly Task<int> _run;

    private RunningCommand(string[] arguments) => _run = RunAsync(arguments, _output, _error, _stop.Token);

    internal Uri Endpoint { get; private set; } = null!;

    /// <summary>What the calls under <c>/sandbox/</c> need.</summary>
    internal string Token { get; private set; } = null!;

    /// <summary>Starts <c>serve</c> with further arguments, and waits until it listens.</summary>
    internal static async Task<RunningCommand> ServeAsync(params string[] arguments)
    {
        var command = new RunningCommand(["serve", .. arguments]);
        if (await Task.WhenAny(command._output.Written, command._run) == command._run)
        {
            Assert.Fail($"It ended with {await command._run}: {command._error}");
        }

        var line = (await command._output.Written)["listening on ".Length..].Split(", token ");
        (command.Endpoint, command.Token) = (new Uri(line[0]), line[1]);
        return command;
    }

    /// <summary>Runs a command that ends by itself.</summary>
    internal static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        var output = new StringWriter();
        var error = new StringWriter();
        var exitCode = await RunAsync(arguments, output, error, TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(1));
        return (exitCode, output.ToString(), error.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _run;
        _stop.Dispose();
    }

    // The signals of this process are not meant for the command.
    private static Task<int> RunAsync(string[] arguments, TextWriter output, TextWriter error, CancellationToken cancellationToken) =>
        CommandLine.RunAsync(arguments, new InvocationConfiguration { Output = output, Error = error, ProcessTerminationTimeout = null }, cancellationToken);

    private sealed class FirstLine : StringWriter
    {
        private readonly TaskCompletionSource<string> _written = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<string> Written => _written.Task;

        public override Task WriteLineAsync(string? value)
        {
            _written.TrySetResult(value!);
            return Task.CompletedTask;
        }
    }
}
