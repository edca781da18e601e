namespace IotCard.Client.Signing;

/// <summary>A parameter of a call, or a header of a request.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value, not encoded.</param>
internal sealed record NamedValue(string Name, string Value);
