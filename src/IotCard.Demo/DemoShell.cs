using System.Diagnostics;
using System.Runtime.InteropServices;
using IotCard.Sandbox;

namespace IotCard.Demo;

/// <summary>PowerShell with the built module imported, in a folder of its own, and pointed at a sandbox.</summary>
internal sealed class DemoShell(PowerShellTool tool, string folder, Uri endpoint, SandboxAccessKey key)
{
    // Answered with Yes to All, as a person who has read the list would.
    private const string AskingCommand = "Remove-IotCardBinding";
    private const string Answer = "A";

    /// <summary>
    /// Types a script's lines at PowerShell's prompt. PowerShell echoes them as it reads them, so that what appears is
    /// what a person would see who types them.
    /// </summary>
    public async Task TypeAsync(IEnumerable<string> lines, CancellationToken cancellationToken)
    {
        var start = CreateStartInfo();
        start.RedirectStandardInput = true;
        if (Console.IsOutputRedirected)
        {
            start.Environment["NO_COLOR"] = "1";
            start.Environment["TERM"] = "dumb";
        }

        using var process = Process.Start(start)!;
        try
        {
            foreach (var line in Keystrokes(lines))
            {
                await process.StandardInput.WriteLineAsync(line.AsMemory(), cancellationToken);
            }

            process.StandardInput.Close();
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (IOException)
        {
            // It ended before it had read everything; its results will tell.
            await process.WaitForExitAsync(cancellationToken);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }

    /// <summary>Leaves a person at PowerShell's prompt.</summary>
    /// <returns>The exit code of PowerShell.</returns>
    public async Task<int> PromptAsync()
    {
        // Ctrl+C reaches every process of the terminal, and is meant for the command that runs at the prompt.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, static context => context.Cancel = true);
        using var process = Process.Start(CreateStartInfo("-Interactive"))!;
        await process.WaitForExitAsync(CancellationToken.None);
        return process.ExitCode;
    }

    /// <summary>A script's lines, the answers to what it asks, and the line that ends the session.</summary>
    internal static IEnumerable<string> Keystrokes(IEnumerable<string> lines)
    {
        foreach (var line in lines.Where(static line => line.Length > 0))
        {
            yield return line;
            if (line.Contains(AskingCommand, StringComparison.Ordinal) && !line.StartsWith('#'))
            {
                yield return Answer;
            }
        }

        yield return "exit";
    }

    private ProcessStartInfo CreateStartInfo(params IEnumerable<string> arguments)
    {
        var prepare = Path.Combine(AppContext.BaseDirectory, "Prepare.ps1");
        var start = tool.CreateStartInfo(["-NoExit", "-File", prepare, "-ModulePath", BuildInformation.ModulePath, "-Endpoint", endpoint.ToString(), .. arguments]);
        start.WorkingDirectory = folder;
        foreach (var name in start.Environment.Keys.Where(static name => name.StartsWith("ALIBABA_CLOUD_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["ALIBABA_CLOUD_ACCESS_KEY_ID"] = key.Id;
        start.Environment["ALIBABA_CLOUD_ACCESS_KEY_SECRET"] = key.Secret;

        // Nothing of the demo stays in the user's own state folder.
        start.Environment["XDG_STATE_HOME"] = Path.Combine(folder, ".state");
        return start;
    }
}
