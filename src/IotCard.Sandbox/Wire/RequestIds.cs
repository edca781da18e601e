namespace IotCard.Sandbox.Wire;

/// <summary>Request ids in the gateway's format.</summary>
internal static class RequestIds
{
    public static string Format(Guid id) => id.ToString("D").ToUpperInvariant();
}
