namespace EmptyModule;

/// <summary>What the service answered.</summary>
/// <param name="Iccid">The card.</param>
/// <param name="Body">The response's body.</param>
public sealed record CardResponse(string Iccid, string Body);
