using IotCard.Sandbox.Wire;

namespace IotCard.Sandbox.Gateway;

/// <summary>A request that passed the gateway.</summary>
internal sealed class Call(WireRequest request, SignedCall signed)
{
    public string Action => signed.Action;

    public string Nonce => signed.Nonce;

    public string AccessKeyId => signed.AccessKeyId;

    public string Host => request.Host;

    public bool AsXml { get; } = SignedCall.WantsXml(request);

    /// <summary>A parameter of the action; null if it is absent or empty.</summary>
    public string? this[string name] => request[name];
}
