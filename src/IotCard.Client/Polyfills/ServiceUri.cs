namespace IotCard.Client.Polyfills;

internal static class ServiceUri
{
    /// <summary>
    /// Creates a URI whose path and query are already encoded and must be sent exactly as they were signed. .NET
    /// Framework encodes them again, which changes nothing in such a text.
    /// </summary>
    internal static Uri Create(string text) =>
#if NET
        new(text, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
#else
        new(text);
#endif
}
