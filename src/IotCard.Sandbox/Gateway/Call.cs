namespace IotCard.Sandbox;

/// <summary>A request that the gateway let through.</summary>
internal sealed class Call(WireRequest request, SignedCall signed)
{
    public string Action => signed.Action;

    public string Nonce => signed.Nonce;

    public bool AsXml { get; } = SignedCall.WantsXml(request);

    /// <summary>A parameter of the action; null where it is absent or empty.</summary>
    public string? this[string name] => request[name];
}
