namespace IotCard.Client.Platform;

/// <summary>A path leads to a folder, a pipe, a device, a socket or a file's alternate stream where a file is expected.</summary>
internal sealed class NotRegularFileException(string path) : IOException($"not a regular file: '{path}'");
