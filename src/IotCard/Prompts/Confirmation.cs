using System.Management.Automation;
using System.Management.Automation.Host;
using System.Reflection;
using IotCard.Errors;
using IotCard.Output;
using IotCard.Texts;

namespace IotCard.Prompts;

/// <summary>
/// Prompts a person before something is done. In a session where nobody can answer, the command ends with an error that
/// says what a runbook has to pass instead.
/// </summary>
/// <param name="command">The command that asks.</param>
/// <param name="text">The texts.</param>
/// <param name="errorCode">The error in a session that cannot prompt.</param>
internal sealed class Confirmation(PSCmdlet command, Text text, string errorCode = "CannotPrompt")
{
    /// <summary>The name of the host of pwsh and powershell.exe, which reads answers from the standard input.</summary>
    private const string ConsoleHost = "ConsoleHost";

    private readonly CommonParameters _common = new(command);
    private readonly ConfirmImpact _impact = command.GetType().GetCustomAttribute<CmdletAttribute>()!.ConfirmImpact;
    private bool? _prompts;
    private bool _yesToAll;
    private bool _noToAll;

    /// <summary>Whether <see cref="ShouldProcess"/> prompts, by the engine's rules. Found once: a list asks for each row.</summary>
    internal bool Prompts => _prompts ??= !_common.IsWhatIf && _common.ConfirmThreshold is not ConfirmImpact.None and var threshold && threshold <= _impact;

    /// <summary>Whether the user has decided in advance, with -Confirm or the preference.</summary>
    internal bool IsDecided => _common.HasConfirm || _common.ConfirmThreshold == ConfirmImpact.None;

    /// <summary>
    /// Whether an answer would be the next line of whatever is redirected to the console: of a script, or an empty one,
    /// which the host takes for Yes.
    /// </summary>
    private bool IsRedirected => command.Host.Name == ConsoleHost && Console.IsInputRedirected;

    internal bool ShouldProcess(string target, string action)
    {
        if (Prompts && IsRedirected)
        {
            End(failure: null, target);
        }

        try
        {
            return command.ShouldProcess(target, action);
        }
        catch (Exception failure) when (CannotPrompt(failure))
        {
            End(failure, target);
            throw;
        }
    }

    internal bool ShouldContinue(string query, string caption, string target)
    {
        if (IsRedirected)
        {
            End(failure: null, target);
        }

        try
        {
            return command.ShouldContinue(query, caption, ref _yesToAll, ref _noToAll);
        }
        catch (Exception failure) when (CannotPrompt(failure))
        {
            End(failure, target);
            throw;
        }
    }

    /// <summary>Whether the host cannot prompt. A prompt that a person has canceled is a <see cref="PromptingException"/>.</summary>
    private static bool CannotPrompt(Exception failure) => failure
        is PSInvalidOperationException // pwsh -NonInteractive
        or NotImplementedException or NotSupportedException // a host without a prompt
        or NullReferenceException // a host at the end of its input
        or (HostException and not PromptingException); // jobs and runspaces without a host

    private void End(Exception? failure, string target) => command.ThrowTerminatingError(new ErrorReport(text).Create(
        new IotCardException(errorCode, text.Format("Start_" + errorCode, command.MyInvocation.MyCommand.Name), innerException: failure), target));
}
