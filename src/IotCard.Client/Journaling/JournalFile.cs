using System.Runtime.InteropServices;
using IotCard.Client.Platform;

namespace IotCard.Client.Journaling;

/// <summary>
/// A journal's file, with at most one writer. After the lines it has room for the outcomes of rows in flight: blanks,
/// which later lines overwrite. Safe for concurrent use.
/// </summary>
internal sealed class JournalFile : IDisposable
{
    private const int BlockLength = 64 * 1024;
    private const int LineLength = 1024;
    private const int PaddingLength = 16 * 1024;

    private static readonly byte[] Padding = [.. Enumerable.Repeat((byte)' ', PaddingLength)];

    // A process does not lock out itself everywhere; on macOS it does not.
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

    /// <summary>Which file it is, whatever its name; null if the system does not provide it.</summary>
    internal string? Identity { get; }

    /// <summary>Whether others than its owner may write it, by its mode.</summary>
    internal bool IsWritableByOthers { get; }

    /// <summary>Releases the reserved room, and closes the file.</summary>
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

    /// <summary>Closes the file and deletes it, if its path still leads to it.</summary>
    internal void Delete()
    {
        var isThere = Identity is null || FileStatus.FromPath(Path)?.Identity == Identity;

        // On other systems it is deleted while it is held, so that no run can open it in between.
        if (isThere && !OperatingSystem.IsWindows())
        {
            File.Delete(Path);
        }

        Dispose();
        if (isThere && OperatingSystem.IsWindows())
        {
            File.Delete(Path);
        }
    }

    /// <summary>Opens a file for one writer, or creates one that only its owner may read.</summary>
    /// <param name="path">The file.</param>
    /// <param name="isToCreate">Whether to create the file if it does not exist.</param>
    /// <exception cref="JournalException">It is in use, not a regular file, or cannot be written.</exception>
    internal static JournalFile OpenToWrite(string path, bool isToCreate = true)
    {
        // On Windows, the sharing mode locks out second writers and prevents deletion and replacement.
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
                // The file was created or deleted in between.
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

    /// <summary>Opens a file for reading, even while another process writes it.</summary>
    /// <exception cref="JournalException">It does not exist, or is not a regular file.</exception>
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

    /// <summary>Starts reading at the first line.</summary>
    internal JournalLineReader Scan()
    {
        _stream.Position = 0;
        return new JournalLineReader(_stream, Path, BlockLength);
    }

    /// <summary>
    /// Prepares the file for appending. What follows the last complete line is replaced in a single write, so that
    /// nothing is lost in between; the rest becomes reserved room.
    /// </summary>
    /// <param name="validLength">Where the last complete line ends.</param>
    /// <param name="openCount">The number of outcomes of earlier runs that are still to come and need room.</param>
    /// <param name="replacement">The replacement.</param>
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

    /// <summary>Appends lines; if that fails, none of them remains.</summary>
    /// <param name="lines">The lines.</param>
    /// <param name="isForced">Whether to force them to the disk.</param>
    /// <param name="isWatched">Whether to check that the path still leads to this file, and that its length is unchanged.</param>
    /// <exception cref="JournalException">The file was deleted, replaced or truncated.</exception>
    /// <exception cref="NoRoomException">There is no room for the lines; nothing was changed.</exception>
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
                var bytes = Join(lines, length);
                _stream.Position = _end;
                _stream.Write(bytes, 0, bytes.Length);

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

            // Checked again, because the file may have been replaced during the flush.
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

    private static byte[] Join(IReadOnlyList<PendingLine> lines, long length)
    {
        if (lines.Count == 1)
        {
            return lines[0].Bytes;
        }

        var bytes = new byte[length];
        var end = 0;
        foreach (var (line, _) in lines)
        {
            line.CopyTo(bytes, end);
            end += line.Length;
        }

        return bytes;
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
        // Unbuffered, so that what is written has reached the system.
        return new FileStream(path, mode, FileAccess.ReadWrite, share, bufferSize: 1);
#endif
    }

    /// <summary>Checks what a path leads to before it is opened: opening a pipe would block until something writes to it.</summary>
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

    /// <summary>Whether it is a sharing violation: ERROR_SHARING_VIOLATION on Windows, EWOULDBLOCK on Linux and macOS.</summary>
    private static bool IsInUse(IOException failure) =>
        failure.GetType() == typeof(IOException) && (failure.HResult & 0xFFFF) is 32 or 11 or 35;

    /// <summary>Checks that the file that was opened is the one that the path leads to, not the target of a link created in between.</summary>
    private void RequireSame()
    {
        // What cannot seek is a device, such as NUL.
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
            // Elsewhere the lock stays; there it is lost as soon as this process has read and closed the file anywhere else.
            throw new JournalException(JournalErrorCode.InUse, Path);
        }
    }

    /// <summary>Extends the file with blanks, which later lines overwrite, so that the space is really allocated.</summary>
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
            // Whatever room was allocated can be used, and may suffice.
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
            // A partial line stays; the next run detects it.
        }
    }

    /// <summary>The disk has no room for lines without reserved room.</summary>
    internal sealed class NoRoomException(IOException cause) : IOException(cause.Message, cause);
}
