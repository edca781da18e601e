using IotCard.Sandbox.Service;

namespace IotCard.Sandbox.Admin;

/// <summary>An operation that the service processed, how often it did so, and how often it was executed.</summary>
internal sealed record AdminOperation(string Iccid, CardOperation Operation, string Imei, string? NewImei, int Processed, int Executed);
