namespace IotCard.Client.Credentials.Profiles;

/// <summary>One section of the SDKs' shared file.</summary>
internal sealed class IniSection(string name)
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    internal string Name { get; } = name;

    /// <summary>A key's value; null where it is absent or empty, which mean the same.</summary>
    internal string? this[string key]
    {
        get => _values.TryGetValue(key, out var value) && value.Length > 0 ? value : null;
        set => _values[key] = value ?? "";
    }

    /// <summary>Names the section; never what it holds.</summary>
    public override string ToString() => Name;
}
