using IotCard.Sandbox.Cards;

namespace IotCard.Sandbox.Admin;

/// <summary>An operation, with how often it was processed and how often it was executed.</summary>
internal sealed record AdminOperation(string Iccid, CardOperation Operation, string Imei, string? NewImei, int Processed, int Executed);
