namespace IotCard.Client.Compatibility;

internal static class ServiceUri
{
    /// <summary>
    /// Makes an address of a text whose path and query are encoded already and go out to the letter, as they were signed.
    /// .NET Framework goes through them once more, and finds nothing to change.
    /// </summary>
    internal static Uri Create(string text) =>
#if NET
        new(text, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
#else
        new(text);
#endif
}
