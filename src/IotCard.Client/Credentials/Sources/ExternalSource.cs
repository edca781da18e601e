using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using IotCard.Client.Platform;
using IotCard.Client.Signing;

namespace IotCard.Client.Credentials.Sources;

/// <summary>
/// Runs the command of an External profile and reads the credential from its output. The command gets no input. If it
/// exceeds the timeout, it is killed with its children.
/// </summary>
internal sealed class ExternalSource(CredentialContext context, LocalizableMessage where, string? command) : ITemporaryCredentialSource
{
    /// <summary>Marks the command and everything it starts, so that none of it outlives the command unnoticed.</summary>
    private const string MarkVariable = "IOTCARD_PROCESS_COMMAND";

    /// <summary>In characters. A credential has a few hundred.</summary>
    private const int MaximumOutputLength = 1024 * 1024;

    public async Task<Credential> FetchAsync(CancellationToken cancellationToken)
    {
        var text = await RunAsync(cancellationToken).ConfigureAwait(false);
        var output = JsonText.TryDeserialize(text, SourceJson.Default.ExternalOutput)
            ?? throw new CredentialException(
                CredentialErrorCode.InvalidResponse,
                new LocalizableMessage("ExternalNotJson", $"{where}: the process_command did not print the expected JSON."));

        // As in the official libraries, an invalid time counts as no time.
        var end = CredentialFactory.TryParseTime(output.Expiration, out var time) ? time : default(DateTimeOffset?);
        return string.Equals(output.Mode, "StsToken", StringComparison.Ordinal)
            ? CredentialFactory.CreateTemporary(
                output.AccessKeyId, output.AccessKeySecret, output.StsToken, end, CredentialErrorCode.InvalidResponse, where)
            : CredentialFactory.Create(
                output.AccessKeyId, output.AccessKeySecret, output.StsToken, end, CredentialErrorCode.InvalidResponse, where);
    }

    private async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        using var late = context.Clock.CreateTimeout(context.ExternalCommandTimeout);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        var mark = Guid.NewGuid().ToString("N");
        using var process = Start(mark);
        try
        {
            // Both streams are read while the command runs: a full pipe would block it forever.
            var output = ReadAsync(process, process.StandardOutput);
            var ended = Task.WhenAll(output, ReadAsync(process, process.StandardError), EndAsync(process, mark));
            await ended.WaitAsync(Timeout.InfiniteTimeSpan, context.Clock, either.Token).ConfigureAwait(false);

            // The error output is not shown: it may contain the secret.
            return process.ExitCode == 0
                ? await output.ConfigureAwait(false)
                : throw Failed(new LocalizableMessage("ExternalEnded", $"ended with code {process.ExitCode}"));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CredentialException(
                CredentialErrorCode.ExternalCommandTimeout,
                new LocalizableMessage(
                    "ExternalTimeout",
                    $"{where}: the process_command did not end within {context.ExternalCommandTimeout.TotalSeconds:0.###} seconds and was killed."));
        }
        catch (IOException e)
        {
            throw Failed(new LocalizableMessage("ExternalUnreadable", $"printed output that cannot be read"), e);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.KillTree();
            }

            ProcessExtensions.KillMarked(MarkVariable, mark);
        }
    }

    /// <summary>Waits for the command and kills what it left running: a child that keeps the output open would never end the wait.</summary>
    private static async Task EndAsync(Process process, string mark)
    {
        await WaitForExitAsync(process).ConfigureAwait(false);
        ProcessExtensions.KillMarked(MarkVariable, mark);
    }

    private Process Start(string mark)
    {
        var words = ProcessCommand.Split(command, OperatingSystem.IsWindows())
            ?? throw new CredentialException(
                CredentialErrorCode.InvalidProfile,
                new LocalizableMessage("ExternalCommand", $"{where}: process_command is empty, or a quote in it is not closed."));
        var program = Find(words[0]);
        var isBatchFile = OperatingSystem.IsWindows() && BatchFile.Is(program);
        var start = new ProcessStartInfo(isBatchFile ? Path.Combine(Environment.SystemDirectory, "cmd.exe") : program)
        {
            CreateNoWindow = true,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        if (isBatchFile)
        {
            start.Arguments = BatchFile.ToArguments(program, words.Skip(1))
                ?? throw Failed(new LocalizableMessage("ExternalBatchFile", $"is run by cmd, to which a quotation mark, a percent sign or a line break cannot be passed safely"));
        }
        else
        {
            start.AddArguments(words.Skip(1));
        }

        if (ProcessExtensions.CanKillMarked)
        {
            // .NET Framework cannot even read an environment with both Path and PATH in it.
            start.Environment[MarkVariable] = mark;
        }

        try
        {
            var process = new Process { StartInfo = start, EnableRaisingEvents = true };
            process.Start();
            process.StandardInput.Close();
            return process;
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException or IOException)
        {
            // The platform's message quotes the command line.
            var reason = e is Win32Exception { NativeErrorCode: var code } ? new Win32Exception(code).Message : e.GetType().Name;
            throw Failed(new LocalizableMessage("ExternalNotStarted", $"cannot be started: {reason}"));
        }
    }

    /// <summary>
    /// Looks up a bare name in the absolute folders of the search path; a path must be absolute. The platform would
    /// also look next to the running program and in the current folder, where anyone may have put a file of that name.
    /// </summary>
    private string Find(string program)
    {
        if (program.IndexOf('=') is > 0 and var equals)
        {
            // The rest of the command may be a secret.
            throw Failed(new LocalizableMessage(
                "ExternalAssignment",
                $"begins with a variable, {program[..equals]}=…, which only a shell understands. Put it into a script, and name the script"));
        }

        var isWindows = OperatingSystem.IsWindows();
        if (ProgramPath.IsRelative(program, isWindows))
        {
            throw Failed(new LocalizableMessage("ExternalRelative", $"was not started: '{program}' depends on the current folder. Write the full path, or the name of a program in the search path"));
        }

        return ProgramPath.Find(program, context.Variable("PATH"), context.Variable("PATHEXT"), isWindows, File.Exists)
            ?? throw Failed(new LocalizableMessage("ExternalNotFound", $"cannot be started: there is no '{program}' in the search path"));
    }

    private async Task<string> ReadAsync(Process process, StreamReader reader)
    {
        var text = new StringBuilder();
        var buffer = new char[4096];
        for (int read; (read = await reader.ReadAsync(buffer, 0, buffer.Length).ConfigureAwait(false)) > 0;)
        {
            text.Append(buffer, 0, read);
            if (text.Length > MaximumOutputLength)
            {
                process.KillTree();
                throw Failed(new LocalizableMessage("ExternalTooLong", $"printed more than 1 MiB"));
            }
        }

        return text.ToString();
    }

    private static Task<bool> WaitForExitAsync(Process process)
    {
        var exited = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.Exited += (_, _) => exited.TrySetResult(true);
        if (process.HasExited)
        {
            exited.TrySetResult(true);
        }

        return exited.Task;
    }

    private CredentialException Failed(LocalizableMessage what, Exception? cause = null) =>
        new(CredentialErrorCode.ExternalCommandFailed, new LocalizableMessage("ExternalFailed", $"{where}: the process_command {what}."), cause);
}
