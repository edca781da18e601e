namespace IotCard.Sandbox;

/// <summary>What an action gives back besides the envelope.</summary>
internal sealed record ResponsePayload(string Name, ResponseField[] Fields);
