using IotCard.Client.Credentials;
using IotCard.Client.Signing;

namespace IotCard.Client.Sending;

/// <summary>
/// A row's first request, signed while other rows were with the service, so that signing does not stand between an
/// answer and the next request. It was not sent, and need not be.
/// </summary>
/// <param name="Request">The request.</param>
/// <param name="Credential">What it is signed with.</param>
internal sealed record SignedAhead(SignedRequest Request, Credential Credential)
{
    /// <summary>How old a signature may be that is sent for the first time; a small part of the 15 minutes that the gateway takes it for.</summary>
    internal static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    /// <summary>Whether it may still be sent: with the credential of now, and at about the time that was signed.</summary>
    internal bool IsGood(Credential credential, DateTimeOffset now) =>
        ReferenceEquals(credential, Credential) && (now - Request.Timestamp).Duration() <= LongestWait;
}
