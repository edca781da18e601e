namespace IotCard.Client.Platform;

/// <summary>What a path leads to.</summary>
internal enum FileKind
{
    /// <summary>Something that none of the others describes.</summary>
    Other,

    /// <summary>A regular file.</summary>
    Regular,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A symbolic link; on Windows any reparse point that stands for another name, such as a junction.</summary>
    Link,

    /// <summary>A pipe. Reading from one may wait forever.</summary>
    Pipe,

    /// <summary>A device, such as a terminal or the null device.</summary>
    Device,

    /// <summary>A socket.</summary>
    Socket,
}
