using IotCard.Sandbox.Gateway;

namespace IotCard.Sandbox.Serve;

/// <summary>The line that makes a PowerShell session use this sandbox, whatever command it runs.</summary>
internal static class PracticeMode
{
    /// <param name="endpoint">The sandbox's address.</param>
    /// <param name="key">The AccessKey to sign with.</param>
    /// <returns>One line of PowerShell. A token that the session may have is removed.</returns>
    public static string Line(Uri endpoint, SandboxAccessKey key) =>
        $"$env:IOTCARD_ENDPOINT = {Quote(endpoint.GetLeftPart(UriPartial.Authority))}; "
        + $"$env:ALIBABA_CLOUD_ACCESS_KEY_ID = {Quote(key.Id)}; "
        + $"$env:ALIBABA_CLOUD_ACCESS_KEY_SECRET = {Quote(key.Secret)}; "
        + $"$env:ALIBABA_CLOUD_SECURITY_TOKEN = {(key.SecurityToken is { } token ? Quote(token) : "$null")}";

    private static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
