namespace IotCard.Client.Signing;

/// <summary>Provides nonces. Injected, so that tests can determine a request's nonce.</summary>
internal interface INonceSource
{
    /// <summary>Returns a nonce that was never used before.</summary>
    /// <returns>ASCII letters and digits.</returns>
    string Next();
}
