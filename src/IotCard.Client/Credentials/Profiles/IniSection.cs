namespace IotCard.Client.Credentials.Profiles;

/// <summary>One section of the SDKs' shared file.</summary>
internal sealed class IniSection(string name)
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    internal string Name { get; } = name;

    /// <summary>A key's value; null if it is absent or empty, which mean the same.</summary>
    internal string? this[string key]
    {
        get => _values.TryGetValue(key, out var value) && value.Length > 0 ? value : null;
        set => _values[key] = value ?? "";
    }

    /// <summary>The section's name; never its contents.</summary>
    public override string ToString() => Name;
}
