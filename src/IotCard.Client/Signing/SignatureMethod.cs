namespace IotCard.Client.Signing;

/// <summary>The two signature methods that the gateway accepts.</summary>
public enum SignatureMethod
{
    /// <summary><c>ACS3-HMAC-SHA256</c>, the current one: the signature is in a header.</summary>
    Acs3HmacSha256,

    /// <summary><c>HMAC-SHA1</c>, SignatureVersion 1.0, as shown on the service's own page; announced as superseded.</summary>
    HmacSha1,
}
