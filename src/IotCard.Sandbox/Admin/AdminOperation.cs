namespace IotCard.Sandbox;

/// <summary>An operation that the service decided, how often it did, and how often it was carried out.</summary>
internal sealed record AdminOperation(string Iccid, CardOperation Operation, string Imei, string? NewImei, int Decided, int CarriedOut);
