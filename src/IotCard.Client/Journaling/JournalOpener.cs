using IotCard.Client.Platform;

namespace IotCard.Client.Journaling;

/// <summary>Opens a journal's file, or creates it, and says what is the matter if that fails.</summary>
internal static class JournalOpener
{
    /// <summary>Opens a file for its only writer, or creates one, with its folder, that only its owner may use.</summary>
    /// <exception cref="JournalException">It is in use, not a regular file, or cannot be written.</exception>
    internal static async Task<JournalFile> OpenOrCreateAsync(string path, TimeProvider clock, CancellationToken cancellationToken = default)
    {
        try
        {
            if (!IsThere(path))
            {
                try
                {
                    return CreateForGood(path);
                }
                catch (IOException) when (IsThere(path))
                {
                    // Another run has created it in between.
                }
            }

            return Writer(path, await WriterFile.OpenAsync(path, clock, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception failure)
        {
            throw Explain(failure, path, JournalErrorCode.NotWritable);
        }
    }

    /// <summary>Opens a file that exists for its only writer.</summary>
    /// <exception cref="JournalException">It does not exist, is in use, not a regular file, or cannot be written.</exception>
    internal static async Task<JournalFile> OpenToWriteAsync(string path, TimeProvider clock)
    {
        try
        {
            _ = IsThere(path);
            return Writer(path, await WriterFile.OpenAsync(path, clock, CancellationToken.None).ConfigureAwait(false));
        }
        catch (Exception failure)
        {
            throw Explain(failure, path, JournalErrorCode.NotFound);
        }
    }

    /// <summary>The same, but waits for nobody.</summary>
    internal static JournalFile OpenToWrite(string path)
    {
        try
        {
            _ = IsThere(path);
            return Writer(path, WriterFile.Open(path));
        }
        catch (Exception failure)
        {
            throw Explain(failure, path, JournalErrorCode.NotFound);
        }
    }

    /// <summary>Creates a file that only its owner may use, in a folder that exists.</summary>
    /// <exception cref="JournalException">It exists, or cannot be created.</exception>
    internal static JournalFile CreateNew(string path)
    {
        try
        {
            return Create(path);
        }
        catch (Exception failure)
        {
            throw Explain(failure, path, JournalErrorCode.NotWritable);
        }
    }

    /// <summary>Opens a file for reading, even while another process writes it.</summary>
    /// <exception cref="JournalException">It does not exist, or is not a regular file.</exception>
    internal static JournalFile OpenToRead(string path)
    {
        try
        {
            _ = IsThere(path);
            return new JournalFile(DiskFile.Take(path, RegularFile.OpenToRead(path), isWriter: false));
        }
        catch (Exception failure)
        {
            throw Explain(failure, path, JournalErrorCode.NotFound);
        }
    }

    /// <summary>Creates a file with its folder. A power cut does not take their names away.</summary>
    private static JournalFile CreateForGood(string path)
    {
        var changed = new List<string>();
        for (var folder = Path.GetDirectoryName(Path.GetFullPath(path)); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            changed.Add(folder);
            if (Directory.Exists(folder))
            {
                break;
            }
        }

        PrivateFile.CreateFolder(changed[0]);
        var file = Create(path);
        try
        {
            changed.ForEach(DiskFlush.FlushFolder);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static JournalFile Create(string path) => Writer(path, WriterFile.Create(path));

    private static JournalFile Writer(string path, FileStream stream) => new(DiskFile.Take(path, stream, isWriter: true));

    /// <summary>Checks what a path leads to before it is opened: a link is not followed, and opening a pipe would block.</summary>
    private static bool IsThere(string path) =>
        FileStatus.FromPath(path) is { } status
        && (status.IsRegular ? true : throw new JournalException(JournalErrorCode.NotAFile, path));

    private static Exception Explain(Exception failure, string path, string ifMissing) => failure switch
    {
        JournalException or OperationCanceledException => failure,
        FileHeldException { Holder: FileHolder.OtherProgram } => new JournalException(JournalErrorCode.Held, path, innerException: failure),
        FileHeldException => new JournalException(JournalErrorCode.InUse, path, innerException: failure),
        NotRegularFileException => new JournalException(JournalErrorCode.NotAFile, path, innerException: failure),
        FileNotFoundException or DirectoryNotFoundException => new JournalException(ifMissing, path, failure.Message, failure),
        IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException =>
            new JournalException(JournalErrorCode.NotWritable, path, failure.Message, failure),
        _ => failure,
    };
}
