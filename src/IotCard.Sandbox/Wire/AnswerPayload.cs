namespace IotCard.Sandbox;

/// <summary>What an action gives back besides the envelope.</summary>
internal sealed record AnswerPayload(string Name, AnswerField[] Fields);
