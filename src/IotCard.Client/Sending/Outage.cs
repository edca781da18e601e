namespace IotCard.Client.Sending;

/// <summary>A period without any response from the service.</summary>
/// <param name="Code">How the last attempt ended.</param>
/// <param name="Elapsed">How long it has lasted.</param>
/// <param name="Timeout">How long the run waits for its end.</param>
public readonly record struct Outage(string Code, TimeSpan Elapsed, TimeSpan Timeout);
