namespace EmptyModule;

/// <summary>The service's response.</summary>
/// <param name="Iccid">The card's ICCID.</param>
/// <param name="Body">The response's body.</param>
public sealed record CardResponse(string Iccid, string Body);
