namespace IotCard.Client.Credentials.Sources;

/// <summary>How a person signs in for a profile; the names are the profile's modes.</summary>
internal enum SignInMode
{
    /// <summary>The credential is issued at the sign-in address: <c>POST /cloud-credentials</c>.</summary>
    CloudSSO,

    /// <summary>The credential is issued at the site's address: <c>POST /v1/exchange</c>.</summary>
    OAuth,
}
