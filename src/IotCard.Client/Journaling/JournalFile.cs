using System.Runtime.InteropServices;

namespace IotCard.Client.Journaling;

/// <summary>
/// A journal's file, held by one writer at a time. Behind the lines it has room for the outcomes of the rows that are
/// under way: blanks, which later lines overwrite. Safe for concurrent use.
/// </summary>
internal sealed class JournalFile : IDisposable
{
    private const int BlockLength = 64 * 1024;
    private const int LineLength = 1024;
    private const int PaddingLength = 16 * 1024;

    private static readonly byte[] Padding = [.. Enumerable.Repeat((byte)' ', PaddingLength)];

    // A process does not always lock itself out; not on macOS.
    private static readonly HashSet<string> HeldHere = new(StringComparer.Ordinal);

    private readonly object _gate = new();
    private readonly FileStream _stream;
    private bool _isWriter;
    private string? _heldHere;
    private long _end;
    private long _allocated;
    private long _reserved;

    internal JournalFile(string path, FileStream stream)
    {
        Path = path;
        _stream = stream;
        var status = FileStatus.FromHandle(stream.SafeFileHandle);
        Identity = status?.Identity;
        IsWritableByOthers = status?.IsWritableByOthers ?? false;
    }

    internal string Path { get; }

    /// <summary>Which file it is, whatever its name; null where the system does not tell.</summary>
    internal string? Identity { get; }

    /// <summary>Whether somebody else than its owner may write it, as far as its mode tells.</summary>
    internal bool IsWritableByOthers { get; }

    /// <summary>Gives the room back that is still reserved, and lets go of the file.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_isWriter)
            {
                _isWriter = false;
                TryCut();
            }

            Release();
            _stream.Dispose();
        }
    }

    /// <summary>Opens a file for one writer, or makes one that its owner alone may read.</summary>
    /// <param name="path">The file.</param>
    /// <param name="isToCreate">Whether it is made where there is none.</param>
    /// <exception cref="JournalException">It is in use, no regular file, or cannot be written.</exception>
    internal static JournalFile OpenToWrite(string path, bool isToCreate = true)
    {
        // Windows keeps a second writer, and whoever would delete or replace the file, away by its sharing modes.
        var share = OperatingSystem.IsWindows() ? FileShare.Read : FileShare.ReadWrite | FileShare.Delete;
        var file = Guard(path, isToRead: !isToCreate, () =>
        {
            var isThere = RequireRegular(path) is not null || !isToCreate;
            try
            {
                return OpenStream(path, isThere ? FileMode.Open : FileMode.CreateNew, share);
            }
            catch (IOException) when (isToCreate && isThere != File.Exists(path))
            {
                // It came or went in between.
                return OpenStream(path, RequireRegular(path) is null ? FileMode.CreateNew : FileMode.Open, share);
            }
        });
        try
        {
            file.RequireSame();
            file.Hold();
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Opens a file beside whoever writes it.</summary>
    /// <exception cref="JournalException">There is none, or it is no regular file.</exception>
    internal static JournalFile OpenToRead(string path)
    {
        var file = Guard(path, isToRead: true, () =>
        {
            _ = RequireRegular(path);
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
        });
        try
        {
            file.RequireSame();
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Begins to read at the first line.</summary>
    internal JournalLineReader Scan()
    {
        _stream.Position = 0;
        return new JournalLineReader(_stream, Path, BlockLength);
    }

    /// <summary>
    /// Makes ready to append. Something is put in the place of what follows the last whole line, in a single write, so
    /// that nothing is lost in between; the rest is room from now on.
    /// </summary>
    /// <param name="validLength">Where the last whole line ends.</param>
    /// <param name="openCount">How many outcomes of earlier runs are still to come, for which there must be room.</param>
    /// <param name="replacement">What is put there.</param>
    internal void BeginAppending(long validLength, int openCount, byte[] replacement)
    {
        lock (_gate)
        {
            var tail = new byte[Math.Max(_stream.Length - validLength, replacement.Length)];
            tail.AsSpan().Fill((byte)' ');
            replacement.CopyTo(tail, 0);
            if (tail.Length > 0)
            {
                _stream.Position = validLength;
                _stream.Write(tail, 0, tail.Length);
            }

            _isWriter = true;
            _end = validLength + replacement.Length;
            _reserved = openCount;
            _allocated = _stream.Length;
        }
    }

    /// <summary>Appends lines; where that fails, none of them stays.</summary>
    /// <param name="lines">The lines.</param>
    /// <param name="isForced">Whether they are forced to the disk.</param>
    /// <param name="isWatched">Whether it is checked that the file is still the one that its path leads to, and as long as it was left.</param>
    /// <exception cref="JournalException">The file was deleted, replaced or truncated.</exception>
    /// <exception cref="NoRoomException">There is no room for them, and nothing was changed.</exception>
    internal void Append(IReadOnlyList<PendingLine> lines, bool isForced, bool isWatched)
    {
        lock (_gate)
        {
            RequireUntouched(isWatched);
            long length = 0;
            var reserved = _reserved;
            foreach (var line in lines)
            {
                length += line.Bytes.Length;
                reserved += (int)line.Room;
            }

            if (reserved > 0)
            {
                ReserveRoom(_end + length + (reserved * JournalLineFormatter.MaximumOutcomeLength));
            }

            try
            {
                _stream.Position = _end;
                foreach (var line in lines)
                {
                    _stream.Write(line.Bytes, 0, line.Bytes.Length);
                }

                if (isForced)
                {
                    _stream.Flush(flushToDisk: true);
                }
            }
            catch (IOException)
            {
                TryCut();
                throw;
            }

            _end += length;
            _allocated = Math.Max(_allocated, _end);
            _reserved = reserved;

            // Once more, as it may have been replaced while this was waiting for the disk.
            RequireUntouched(isWatched && isForced);
        }
    }

    /// <summary>Reads the line that begins at an offset.</summary>
    internal JournalLine ReadAt(long offset)
    {
        lock (_gate)
        {
            _stream.Position = offset;
            return new JournalLineReader(_stream, Path, LineLength).TryReadRecord(out var line, out _)
                ? line
                : throw new JournalException(JournalErrorCode.Invalid, Path);
        }
    }

    private static FileStream OpenStream(string path, FileMode mode, FileShare share)
    {
#if NET
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = share, BufferSize = 0 };
        if (mode == FileMode.CreateNew && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
#else
        // Without a buffer of its own, so that what is written is what the system has.
        return new FileStream(path, mode, FileAccess.ReadWrite, share, bufferSize: 1);
#endif
    }

    /// <summary>Looks at what a path leads to before it is opened: opening a pipe would wait for whoever writes it.</summary>
    private static FileStatus? RequireRegular(string path) =>
        FileStatus.FromPath(path) is { } status
            ? status.IsRegular ? status : throw new JournalException(JournalErrorCode.NotAFile, path)
            : null;

    private static JournalFile Guard(string path, bool isToRead, Func<FileStream> open)
    {
        try
        {
            return new JournalFile(path, open());
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException && isToRead)
        {
            throw new JournalException(JournalErrorCode.NotFound, path, innerException: failure);
        }
        catch (IOException failure) when (IsInUse(failure))
        {
            throw new JournalException(JournalErrorCode.InUse, path, innerException: failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new JournalException(JournalErrorCode.NotWritable, path, failure.Message, failure);
        }
    }

    /// <summary>A sharing violation: ERROR_SHARING_VIOLATION on Windows, EWOULDBLOCK on Linux and macOS.</summary>
    private static bool IsInUse(IOException failure) =>
        failure.GetType() == typeof(IOException) && (failure.HResult & 0xFFFF) is 32 or 11 or 35;

    /// <summary>What was opened must be what the path leads to, and not what a link that came in between led to.</summary>
    private void RequireSame()
    {
        // What cannot seek is a device: NUL, for instance.
        if (!_stream.CanSeek
            || (Identity is not null && FileStatus.FromPath(Path) is var now && (now is not { IsRegular: true } || now.Value.Identity != Identity)))
        {
            throw new JournalException(JournalErrorCode.NotAFile, Path);
        }
    }

    private void Hold()
    {
        if (!FileLock.TryTake(_stream.SafeFileHandle))
        {
            throw new JournalException(JournalErrorCode.InUse, Path);
        }

        if (Identity is null)
        {
            return;
        }

        lock (HeldHere)
        {
            _heldHere = HeldHere.Add(Identity) ? Identity : throw new JournalException(JournalErrorCode.InUse, Path);
        }
    }

    private void Release()
    {
        if (_heldHere is not null)
        {
            FileLock.Release(_stream.SafeFileHandle);
            lock (HeldHere)
            {
                _ = HeldHere.Remove(_heldHere);
                _heldHere = null;
            }
        }
    }

    private void RequireUntouched(bool isWatched)
    {
        // On Windows the sharing mode lets nobody touch it.
        if (!isWatched || Identity is null || OperatingSystem.IsWindows())
        {
            return;
        }

        if (FileStatus.FromPath(Path) is not { } now || now.Identity != Identity || now.Length != _allocated)
        {
            throw new JournalException(JournalErrorCode.Tampered, Path);
        }

        if (RuntimeInformation.IsOSPlatform(OSPlatform.OSX) && !FileLock.TryTake(_stream.SafeFileHandle))
        {
            // Elsewhere the lock stays; there it goes as soon as anybody in this process has read the file and closed it.
            throw new JournalException(JournalErrorCode.InUse, Path);
        }
    }

    /// <summary>Makes the file so long that blanks, which later lines overwrite, are really allocated up to there.</summary>
    private void ReserveRoom(long length)
    {
        if (length <= _allocated)
        {
            return;
        }

        try
        {
            _stream.Position = _allocated;
            while (_allocated < length)
            {
                _stream.Write(Padding, 0, Padding.Length);
                _allocated += Padding.Length;
            }
        }
        catch (IOException failure)
        {
            // What there was of room is room now, and may do.
            _allocated = _stream.Length;
            if (_allocated < length)
            {
                throw new NoRoomException(failure);
            }
        }
    }

    private void TryCut()
    {
        try
        {
            if (_stream.Length > _end)
            {
                _stream.SetLength(_end);
                _allocated = _end;
            }
        }
        catch (IOException)
        {
            // A half line stays; the next run tells it from a whole one.
        }
    }

    /// <summary>The disk has no room for lines for which none was reserved.</summary>
    internal sealed class NoRoomException(IOException cause) : IOException(cause.Message, cause);
}
