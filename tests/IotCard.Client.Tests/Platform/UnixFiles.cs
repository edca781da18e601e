using System.Diagnostics;
using System.Globalization;

namespace IotCard.Client.Tests.Platform;

/// <summary>What .NET does not offer for files on Unix.</summary>
internal static class UnixFiles
{
    /// <summary>The number of the user who runs the tests.</summary>
    internal static uint User { get; } = uint.Parse(Ask("id", "-u"), CultureInfo.InvariantCulture);

    internal static Task MakePipeAsync(string path) => RunAsync("mkfifo", path);

    internal static Task GiveAwayAsync(string path, string user) => RunAsync("chown", user, path);

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
    }

    private static string Ask(string program, string argument)
    {
        using var process = Process.Start(new ProcessStartInfo(program, argument) { RedirectStandardOutput = true, UseShellExecute = false })!;
        return process.StandardOutput.ReadToEnd();
    }
}
