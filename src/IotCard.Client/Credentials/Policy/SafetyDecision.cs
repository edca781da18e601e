namespace IotCard.Client.Credentials.Policy;

/// <summary>What the safety policies say about one action, and which rule says it.</summary>
/// <param name="Verdict">What to do.</param>
/// <param name="Action">The action, as <c>product:Action</c>.</param>
/// <param name="Pattern">The rule's pattern; null if no rule matches.</param>
/// <param name="Origin">The file or variable with the rule; null if no rule matches.</param>
internal sealed record SafetyDecision(SafetyVerdict Verdict, string Action, string? Pattern = null, string? Origin = null);
