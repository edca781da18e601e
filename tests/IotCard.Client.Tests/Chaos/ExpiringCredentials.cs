using IotCard.Client.Credentials;
using IotCard.Client.Signing;

namespace IotCard.Client.Tests.Chaos;

/// <summary>Temporary credentials, each valid until the gateway calls it expired.</summary>
internal sealed class ExpiringCredentials(params IReadOnlyList<Credential> credentials) : ICredentialProvider
{
    private readonly Lock _gate = new();
    private int _current;

    public string Source => "expiring";

    internal int Renewals => Volatile.Read(ref _current);

    public ValueTask<Credential> GetCredentialAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return new(credentials[_current]);
        }
    }

    public ValueTask<Credential?> RenewAsync(Credential expired, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (ReferenceEquals(expired, credentials[_current]) && _current + 1 < credentials.Count)
            {
                _current++;
            }

            return new(ReferenceEquals(expired, credentials[_current]) ? null : credentials[_current]);
        }
    }
}
