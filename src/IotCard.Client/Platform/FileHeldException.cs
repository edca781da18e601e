namespace IotCard.Client.Platform;

/// <summary>A file cannot be opened for writing because somebody else has it open.</summary>
internal sealed class FileHeldException(string path, FileHolder holder, Exception? cause) : IOException($"in use: '{path}'", cause)
{
    /// <summary>Who.</summary>
    internal FileHolder Holder { get; } = holder;
}
