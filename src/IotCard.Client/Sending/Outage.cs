namespace IotCard.Client.Sending;

/// <summary>A time in which the service gives no answer.</summary>
/// <param name="Code">How the last attempt ended.</param>
/// <param name="Elapsed">How long it has lasted.</param>
/// <param name="Timeout">How long it is waited for.</param>
public readonly record struct Outage(string Code, TimeSpan Elapsed, TimeSpan Timeout);
