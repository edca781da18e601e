namespace IotCard.Client.Signing;

/// <summary>Random nonces: 32 lower-case hexadecimal digits.</summary>
public sealed class RandomNonceSource : INonceSource
{
    /// <inheritdoc/>
    public string Next() => Guid.NewGuid().ToString("N");
}
