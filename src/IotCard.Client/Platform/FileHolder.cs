namespace IotCard.Client.Platform;

/// <summary>Who keeps a file from being opened for writing.</summary>
internal enum FileHolder
{
    /// <summary>Another writer that lets others read, as a run does.</summary>
    Writer,

    /// <summary>A program that only reads, or that shares the file with nobody: a virus scanner, a backup, <c>[IO.File]::OpenRead</c>.</summary>
    OtherProgram,
}
