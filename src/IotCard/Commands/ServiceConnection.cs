using IotCard.Client.Credentials;
using IotCard.Client.Sending;
using IotCard.Client.Service;
using IotCard.Texts;
using Method = IotCard.Client.Signing.SignatureMethod;

namespace IotCard.Commands;

/// <summary>What every call of a command needs: a credential, connections, and a way to abandon requests in flight.</summary>
internal sealed class ServiceConnection : IDisposable
{
    private readonly CancellationTokenSource _inFlight = new();
    private readonly Method _method;

    private ServiceConnection(ServiceCommand command, ICredentialProvider credentials, CredentialFinder finder)
    {
        _method = string.Equals(command.SignatureMethod, "HMAC-SHA1", StringComparison.OrdinalIgnoreCase) ? Method.HmacSha1 : Method.Acs3HmacSha256;
        Timeout = TimeSpan.FromSeconds(command.TimeoutSec);
        Credentials = credentials;
        Transport = new ServiceTransport(finder.CreateHandler, TimeProvider.System, Timeout) { FindProxy = finder.FindProxy };
    }

    internal ICredentialProvider Credentials { get; }

    internal ServiceTransport Transport { get; }

    /// <summary>The maximum time of an attempt.</summary>
    internal TimeSpan Timeout { get; }

    /// <summary>Finds the credential and prepares the connections.</summary>
    /// <exception cref="IotCardException">No credential is available.</exception>
    internal static ServiceConnection Open(ServiceCommand command, Text text)
    {
        var finder = new CredentialFinder(command, text);
        if (!command.Service.IsPractice)
        {
            finder.CheckSystemProxy();
        }

        return new ServiceConnection(command, finder.Find(command.StopToken), finder);
    }

    /// <summary>The sender options of a run.</summary>
    internal SenderOptions OptionsFor(RunCommand command, Uri endpoint, int? requestsPerSecond, string? midChannelId = null) => new()
    {
        Endpoint = endpoint,
        SignatureMethod = _method,
        MidChannelId = midChannelId,
        MaximumInFlight = command.ThrottleLimit,
        MaximumRetryCount = command.MaximumRetryCount,
        OutageTimeout = TimeSpan.FromSeconds(command.OutageTimeoutSec),
        RequestsPerSecond = requestsPerSecond,
        InFlight = _inFlight.Token,
    };

    /// <summary>The sender options of lookups that follow each other.</summary>
    internal SenderOptions OptionsForLookups(int requestsPerSecond) => new()
    {
        SignatureMethod = _method,
        MaximumInFlight = 1,
        RequestsPerSecond = requestsPerSecond,
        InFlight = _inFlight.Token,
    };

    /// <summary>The sender options of a single request without retries.</summary>
    internal SenderOptions OptionsForOne() => new()
    {
        SignatureMethod = _method,
        MaximumInFlight = 1,
        MaximumRetryCount = 0,
        OutageTimeout = TimeSpan.Zero,
        InFlight = _inFlight.Token,
    };

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
