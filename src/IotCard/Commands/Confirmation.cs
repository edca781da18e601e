using System.Management.Automation;
using System.Management.Automation.Host;
using IotCard.Errors;
using IotCard.Texts;

namespace IotCard.Commands;

/// <summary>
/// Prompts a person before something is done. In a session that cannot prompt, the command ends with an error that says
/// what a runbook has to pass instead.
/// </summary>
/// <param name="command">The command that asks.</param>
/// <param name="text">The texts.</param>
/// <param name="errorCode">The error in a session that cannot prompt.</param>
internal sealed class Confirmation(PSCmdlet command, Text text, string errorCode = "CannotPrompt")
{
    private bool _yesToAll;
    private bool _noToAll;

    internal bool ShouldProcess(string target, string action)
    {
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
        or NullReferenceException // the console at the end of redirected input
        or (HostException and not PromptingException); // jobs and runspaces without a host

    private void End(Exception failure, string target) => command.ThrowTerminatingError(new ErrorReport(text).Create(
        new IotCardException(errorCode, text.Format("Start_" + errorCode, command.MyInvocation.MyCommand.Name), innerException: failure), target));
}
