namespace IotCard.Client.Tests.Simulation;

/// <summary>A response, and the request that it belongs to.</summary>
internal sealed record SimulatedResponse(SimulatedRequest To, string Code, int Status, string Body);
