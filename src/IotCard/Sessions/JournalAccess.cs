using System.Management.Automation;
using IotCard.Client.Journaling;
using IotCard.Texts;

namespace IotCard.Sessions;

/// <summary>Finds and opens the journals that commands name, and explains why one cannot be used.</summary>
internal static class JournalAccess
{
    /// <summary>The provider of paths that are files.</summary>
    private const string FileSystem = "FileSystem";

    /// <summary>Opens or reads a journal.</summary>
    /// <param name="open">Opens it.</param>
    /// <param name="text">The texts.</param>
    /// <exception cref="IotCardException">The journal cannot be used.</exception>
    internal static T Open<T>(Func<T> open, Text text)
    {
        try
        {
            return open();
        }
        catch (JournalException failure)
        {
            var code = failure is { Code: JournalErrorCode.NotWritable, InnerException: DirectoryNotFoundException } ? "JournalFolderNotFound" : failure.Code;
            throw new IotCardException(code, text.Format("Start_" + code, failure.Path, failure.Detail), innerException: failure);
        }
    }

    /// <summary>Converts a PowerShell path, in which wildcards mean nothing, to one of the file system.</summary>
    /// <param name="paths">The session's paths.</param>
    /// <param name="path">The path; the file need not exist.</param>
    /// <param name="text">The texts.</param>
    /// <exception cref="IotCardException">The path is not in the file system.</exception>
    internal static string FindPath(PathIntrinsics paths, string path, Text text)
    {
        var found = paths.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
        return provider.Name == FileSystem ? found : throw NotInFileSystem(path, provider, text);
    }

    /// <summary>Converts a PowerShell path with wildcards to the paths of the file system that it matches.</summary>
    /// <exception cref="IotCardException">The path is not in the file system.</exception>
    internal static IEnumerable<string> FindPaths(PathIntrinsics paths, string pattern, Text text)
    {
        var found = paths.GetResolvedProviderPathFromPSPath(pattern, out var provider);
        return provider.Name == FileSystem ? found : throw NotInFileSystem(pattern, provider, text);
    }

    private static IotCardException NotInFileSystem(string path, ProviderInfo provider, Text text) =>
        new("JournalNotInFileSystem", text.Format("Start_JournalNotInFileSystem", path, provider.Name));
}
