namespace IotCard.Client.Signing;

/// <summary>Gives nonces. Handed in, so that a test can say which nonce a request carries.</summary>
public interface INonceSource
{
    /// <summary>Gives a nonce that was never given before.</summary>
    /// <returns>A text of ASCII letters and digits.</returns>
    string Next();
}
