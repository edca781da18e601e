using IotCard.Sandbox.Gateway;

namespace IotCard.Sandbox.Serve;

/// <summary>
/// Parses <c>--access-key ID:SECRET</c> and <c>--sts-key ID:SECRET:TOKEN</c>. Messages do not repeat the text, which
/// contains a secret.
/// </summary>
internal static class AccessKeyText
{
    /// <returns>The keys; the default one if none is given.</returns>
    /// <exception cref="FormatException">A text is invalid, or an ID occurs twice.</exception>
    public static IReadOnlyCollection<SandboxAccessKey> Parse(string[] plain, string[] temporary)
    {
        var keys = new Dictionary<string, SandboxAccessKey>(StringComparer.Ordinal);
        foreach (var text in plain)
        {
            if (text.Split(':', 2) is not [{ Length: > 0 } id, { Length: > 0 } secret])
            {
                throw new FormatException("--access-key takes ID:SECRET, with neither part empty.");
            }

            Add("--access-key", new SandboxAccessKey(id, secret));
        }

        foreach (var text in temporary)
        {
            if (text.Split(':', 3) is not [{ Length: > 0 } id, { Length: > 0 } secret, { Length: > 0 } token])
            {
                throw new FormatException("--sts-key takes ID:SECRET:TOKEN, with no part empty.");
            }

            Add("--sts-key", new SandboxAccessKey(id, secret) { SecurityToken = token });
        }

        return keys.Count == 0 ? [SandboxOptions.DefaultAccessKey] : keys.Values;

        void Add(string option, SandboxAccessKey key)
        {
            if (!keys.TryAdd(key.Id, key))
            {
                throw new FormatException($"{option} gives the ID {key.Id} twice.");
            }
        }
    }
}
