namespace IotCard.Client.Credentials.Policy;

/// <summary>
/// What an administrator forbids, or lets nobody do without being asked, with the vendor's command line: its
/// <c>safety-policy.json</c> and the variables that change it (<c>aliyun configure safety-policy</c>).
/// </summary>
/// <param name="origin">The file or variable that the rules come from, to be shown.</param>
/// <param name="rules">The rules in their order: the first that matches decides.</param>
internal sealed class SafetyPolicy(string origin, IReadOnlyList<SafetyRule> rules)
{
    /// <summary>Decides about an action of a product, by all policies that apply on this machine: the most restrictive one counts.</summary>
    /// <param name="context">Environment and home folder.</param>
    /// <param name="product">The product's code, such as <c>Dyiotapi</c>.</param>
    /// <param name="action">The action, such as <c>DoIotChgBindOrUnBind</c>.</param>
    /// <exception cref="CredentialException">
    /// <c>InvalidPolicy</c>: a policy or one of its variables is malformed, which never means that it is off.
    /// <c>UnreadableFile</c>: a policy cannot be read.
    /// </exception>
    internal static SafetyDecision Check(CredentialContext context, string product, string action) =>
        SafetyPolicyReader.Read(context)
            .Select(policy => policy.Decide(product, action))
            .Aggregate(Allowed(product, action), static (strictest, next) => next.Verdict > strictest.Verdict ? next : strictest);

    /// <summary>Decides about an action by this policy alone. An action that no rule matches is allowed.</summary>
    internal SafetyDecision Decide(string product, string action)
    {
        var allowed = Allowed(product, action);
        return rules.FirstOrDefault(rule => rule.Matches(allowed.Action)) is { } rule
            ? allowed with { Verdict = rule.Verdict, Pattern = rule.Pattern, Origin = origin }
            : allowed;
    }

    private static SafetyDecision Allowed(string product, string action) =>
#pragma warning disable CA1308 // The command line writes the product in lower case.
        new(SafetyVerdict.Allow, $"{product.ToLowerInvariant()}:{action}");
#pragma warning restore CA1308
}
