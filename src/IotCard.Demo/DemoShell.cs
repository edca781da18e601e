using System.Diagnostics;
using System.Runtime.InteropServices;
using IotCard.Sandbox.Gateway;

namespace IotCard.Demo;

/// <summary>PowerShell with the built module imported, in a folder of its own, and configured for a sandbox.</summary>
internal sealed class DemoShell(PowerShellTool tool, string folder, Uri endpoint, SandboxAccessKey key)
{
    /// <summary>
    /// Types a script's lines at PowerShell's prompt. PowerShell echoes them as it reads them, so that the output is
    /// what a person would see when typing them.
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
            foreach (var line in lines.Where(static line => line.Length > 0).Append("exit"))
            {
                await process.StandardInput.WriteLineAsync(line.AsMemory(), cancellationToken);
            }

            process.StandardInput.Close();
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (IOException)
        {
            // It ended before it had read everything; its results will show that.
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

    /// <summary>Gives a person PowerShell's prompt.</summary>
    /// <returns>The exit code of PowerShell.</returns>
    public async Task<int> PromptAsync()
    {
        // Ctrl+C reaches every process of the terminal, and is meant for the command at the prompt.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, static context => context.Cancel = true);
        using var process = Process.Start(CreateStartInfo("-Interactive"))!;
        await process.WaitForExitAsync(CancellationToken.None);
        return process.ExitCode;
    }

    private ProcessStartInfo CreateStartInfo(params IEnumerable<string> arguments)
    {
        var prepare = Path.Combine(AppContext.BaseDirectory, "Prepare.ps1");
        var start = tool.CreateStartInfo(["-NoExit", "-File", prepare, "-ModulePath", BuildInformation.ModulePath, .. arguments]);
        start.WorkingDirectory = folder;
        foreach (var name in start.Environment.Keys.Where(static name => name.StartsWith("ALIBABA_CLOUD_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["IOTCARD_ENDPOINT"] = endpoint.ToString();
        start.Environment["ALIBABA_CLOUD_ACCESS_KEY_ID"] = key.Id;
        start.Environment["ALIBABA_CLOUD_ACCESS_KEY_SECRET"] = key.Secret;

        // The demo leaves nothing in the user's own state folder.
        start.Environment["XDG_STATE_HOME"] = Path.Combine(folder, ".state");
        return start;
    }
}
