namespace IotCard.Client.Platform;

/// <summary>The operating systems that differ in a rule.</summary>
internal enum SystemKind
{
    /// <summary>Linux, and other systems that follow its conventions.</summary>
    Linux,

    /// <summary>macOS.</summary>
    MacOS,

    /// <summary>Windows.</summary>
    Windows,
}
