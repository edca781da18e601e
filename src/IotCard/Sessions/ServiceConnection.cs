using IotCard.Client.Credentials;
using IotCard.Client.Sending;
using IotCard.Client.Service;
using IotCard.Client.Signing;

namespace IotCard.Sessions;

/// <summary>What every call of a command needs: a credential, connections, and a way to abandon requests in flight.</summary>
internal sealed class ServiceConnection : IDisposable
{
    private readonly CancellationTokenSource _inFlight = new();

    private ServiceConnection(ICredentialProvider credentials, ServiceTransport transport, string signatureMethod, TimeSpan timeout)
    {
        Credentials = credentials;
        Transport = transport;
        Timeout = timeout;
        Options = new SenderOptions
        {
            SignatureMethod = string.Equals(signatureMethod, "HMAC-SHA1", StringComparison.OrdinalIgnoreCase) ? SignatureMethod.HmacSha1 : SignatureMethod.Acs3HmacSha256,
            InFlight = _inFlight.Token,
        };
    }

    internal ICredentialProvider Credentials { get; }

    internal ServiceTransport Transport { get; }

    /// <summary>The maximum time of an attempt.</summary>
    internal TimeSpan Timeout { get; }

    /// <summary>What the senders of this connection have in common.</summary>
    internal SenderOptions Options { get; }

    /// <summary>Finds the credential and prepares the connections.</summary>
    /// <param name="finder">Finds the credential and the proxy.</param>
    /// <param name="signatureMethod">How requests are signed.</param>
    /// <param name="timeout">The maximum time of an attempt.</param>
    /// <param name="isPractice">Whether requests stay on this machine, where no proxy matters.</param>
    /// <param name="stopped">Canceled when the pipeline is stopped.</param>
    /// <exception cref="IotCardException">No credential is available, or the proxy's address is invalid.</exception>
    internal static ServiceConnection Open(CredentialFinder finder, string signatureMethod, TimeSpan timeout, bool isPractice, CancellationToken stopped)
    {
        if (!isPractice)
        {
            finder.CheckSystemProxy();
        }

        var credentials = finder.Find(stopped);
        return new ServiceConnection(credentials, new ServiceTransport(finder.CreateHandler, TimeProvider.System, timeout) { FindProxy = finder.FindProxy }, signatureMethod, timeout);
    }

    /// <summary>The credential for a request, renewed if it was about to expire.</summary>
    internal Credential GetCredential(CancellationToken stopped) => Credentials.GetCredentialAsync(stopped).AsTask().GetAwaiter().GetResult();

    /// <summary>Abandons requests in flight.</summary>
    internal void GiveUp() => _inFlight.Cancel();

    /// <inheritdoc/>
    public void Dispose()
    {
        Transport.Dispose();

        // It holds keys to be cleared.
        (Credentials as IDisposable)?.Dispose();
        _inFlight.Dispose();
    }
}
