using IotCard.Client.Credentials;
using IotCard.Client.Signing;

namespace IotCard.Client.Tests.Sending;

/// <summary>A temporary credential that is renewed as scripted by a test.</summary>
internal sealed class ScriptedCredentials(Credential? renewed) : ICredentialProvider
{
    private readonly Credential _first = new("old", "secret", "token-1");

    public string Source => "scripted";

    internal int Renewals { get; private set; }

    internal CredentialException? Failure { get; init; }

    public ValueTask<Credential> GetCredentialAsync(CancellationToken cancellationToken) =>
        Failure is null ? new ValueTask<Credential>(_first) : throw Failure;

    public ValueTask<Credential?> RenewAsync(Credential expired, CancellationToken cancellationToken)
    {
        Renewals++;
        return new ValueTask<Credential?>(renewed);
    }
}
