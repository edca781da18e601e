namespace IotCard.Client.Signing;

/// <summary>The two signature methods that the service's gateway takes.</summary>
public enum SignatureMethod
{
    /// <summary><c>ACS3-HMAC-SHA256</c>, the current one: the signature travels in a header.</summary>
    Acs3HmacSha256,

    /// <summary><c>HMAC-SHA1</c>, SignatureVersion 1.0, that the service's own page shows; announced as superseded.</summary>
    HmacSha1,
}
