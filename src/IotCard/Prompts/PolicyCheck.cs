using System.Management.Automation;
using IotCard.Client.Credentials;
using IotCard.Client.Credentials.Policy;
using IotCard.Texts;

namespace IotCard.Prompts;

/// <summary>
/// Makes sure, before anything is sent, that an administrator lets an action be called: a safety policy of the vendor's
/// command line may forbid it, or ask for a person's agreement.
/// </summary>
internal sealed class PolicyCheck(PSCmdlet command, Text text)
{
    private readonly CredentialContext _context = new();

    /// <summary>Checks an action.</summary>
    /// <param name="product">The product's code.</param>
    /// <param name="action">The action's name.</param>
    /// <param name="isDryRun">Whether nothing is sent, so that nobody has to agree.</param>
    /// <exception cref="IotCardException">It is forbidden or not agreed to, or a policy is malformed or cannot be read.</exception>
    internal void Check(string product, string action, bool isDryRun)
    {
        var decision = Decide(product, action);
        if (decision.Verdict == SafetyVerdict.Deny)
        {
            throw new IotCardException("DeniedByPolicy", text.Format("Start_DeniedByPolicy", decision.Action, decision.Origin, decision.Pattern));
        }

        if (decision.Verdict == SafetyVerdict.Confirm && !isDryRun && !SafetyPolicyReader.SkipsConfirmation(_context))
        {
            Ask(decision);
        }
    }

    private SafetyDecision Decide(string product, string action)
    {
        try
        {
            return SafetyPolicy.Check(_context, product, action);
        }
        catch (CredentialException failure)
        {
            throw new IotCardException(failure.Code, new CredentialText(text).Describe(failure));
        }
    }

    private void Ask(SafetyDecision decision)
    {
        var confirmation = new Confirmation(command, text, "CannotPromptForPolicy");
        if (!confirmation.ShouldContinue(text.Format("PolicyQuery", decision.Action, decision.Origin), text.Get("PolicyCaption"), decision.Action))
        {
            throw new IotCardException("NotAgreedTo", text.Format("Start_NotAgreedTo", decision.Action));
        }
    }
}
