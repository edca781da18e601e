namespace IotCard.Client.Polyfills;

internal static class HttpContentExtensions
{
    /// <summary>Reads a body up to a maximum length.</summary>
    /// <returns>The body; null if it is longer.</returns>
    internal static async Task<byte[]?> ReadAtMostAsync(
        this HttpContent content, int length, CancellationToken cancellationToken)
    {
        var capacity = content.Headers.ContentLength is { } known ? Math.Min(known, length) + 1 : 1024;
        var body = new byte[capacity];
        var read = 0;
#if NET
        var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = stream.ConfigureAwait(false);
#else
        using var stream = await content.ReadAsStreamAsync().ConfigureAwait(false);

        // .NET Framework's stream ignores the token; closing the stream ends the wait.
        using var _ = cancellationToken.Register(static s => ((Stream)s!).Dispose(), stream);
#endif
        while (true)
        {
            if (read == body.Length)
            {
                Array.Resize(ref body, Math.Min(body.Length * 2, length + 1));
            }

#if NET
            var count = await stream.ReadAsync(body.AsMemory(read), cancellationToken).ConfigureAwait(false);
#else
            var count = await stream.ReadAsync(body, read, body.Length - read, cancellationToken).ConfigureAwait(false);
#endif
            if (count == 0)
            {
                Array.Resize(ref body, read);
                return body;
            }

            read += count;
            if (read > length)
            {
                return null;
            }
        }
    }
}
