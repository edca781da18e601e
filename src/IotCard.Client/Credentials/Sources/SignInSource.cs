using IotCard.Client.Credentials.Profiles;

namespace IotCard.Client.Credentials.Sources;

/// <summary>
/// Gives the credential of a profile that a person signs in for: the one that the command line has stored, while it
/// holds; else a new one for the stored access token, while that holds; else it says to sign in again. The file is
/// read each time, so that a new sign-in is seen during a run. It is never written, and an OAuth refresh token is
/// never spent: spending it without storing its successor would end the user's own sign-in.
/// </summary>
internal abstract class SignInSource(CredentialContext context, StoredProfile stored) : ITemporaryCredentialSource
{
    /// <summary>What is left of a stored credential must be worth the while: what the official libraries renew at.</summary>
    private static readonly TimeSpan LeastLeft = TimeSpan.FromSeconds(180);

    private string? _given;

    protected CredentialContext Context { get; } = context;

    protected LocalizableMessage Where => stored.Where;

    /// <summary>The mode's name, for messages.</summary>
    protected abstract string Mode { get; }

    public async Task<Credential> FetchAsync(CancellationToken cancellationToken)
    {
        var profile = stored.Read();
        var now = Context.Clock.GetUtcNow();
        var credential = Stored(profile);
        if (credential?.Expiration - now > LeastLeft && !string.Equals(credential!.SecurityToken, _given, StringComparison.Ordinal))
        {
            _given = credential.SecurityToken;
            return credential;
        }

        return AccessToken(profile, now) is { } token
            ? await ExchangeAsync(profile, token, cancellationToken).ConfigureAwait(false)
            : credential?.Expiration > now ? credential : throw SignInRequired();
    }

    /// <summary>The stored access token, where it still holds.</summary>
    protected abstract string? AccessToken(CliProfile profile, DateTimeOffset now);

    /// <summary>Asks for a credential with the access token.</summary>
    protected abstract Task<Credential> ExchangeAsync(CliProfile profile, string token, CancellationToken cancellationToken);

    protected CredentialException SignInRequired() =>
        new(
            CredentialErrorCode.SignInRequired,
            new LocalizableMessage("SignInEnded", $"{stored.Where}: the {Mode} sign-in has ended. Sign in again: aliyun configure --profile {stored.Name}"));

    protected CredentialException Refused(IssuingResponse answer) =>
        answer.Status is System.Net.HttpStatusCode.Unauthorized or System.Net.HttpStatusCode.Forbidden
            ? SignInRequired()
            : new CredentialException(CredentialErrorCode.InvalidResponse, new LocalizableMessage("SignInGaveNone", $"{stored.Where}: {Mode} gave no credential ({answer.ToString()})."));

    private Credential? Stored(CliProfile profile) =>
        CredentialFactory.FromSeconds(profile.StsExpiration) is { } end
        && !string.IsNullOrWhiteSpace(profile.AccessKeyId)
        && !string.IsNullOrWhiteSpace(profile.AccessKeySecret)
        && !string.IsNullOrWhiteSpace(profile.StsToken)
            ? CredentialFactory.CreateTemporary(
                profile.AccessKeyId, profile.AccessKeySecret, profile.StsToken, end, CredentialErrorCode.InvalidProfile, stored.Where)
            : null;
}
