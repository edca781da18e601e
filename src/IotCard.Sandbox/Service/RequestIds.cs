namespace IotCard.Sandbox.Service;

/// <summary>Request ids in the form that the gateway gives them.</summary>
internal static class RequestIds
{
    public static string Format(Guid id) => id.ToString("D").ToUpperInvariant();
}
