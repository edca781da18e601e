using IotCard.Client.Platform;

namespace IotCard.Client.Journaling;

/// <summary>A journal's file on the disk. Its caller serializes the calls.</summary>
internal sealed class DiskFile : IDiskFile
{
    // A process does not lock out itself everywhere; on macOS it does not.
    private static readonly HashSet<string> HeldHere = new(StringComparer.Ordinal);

    private readonly FileStream _stream;
    private readonly bool _isWriter;
    private bool _isHeld;

    private DiskFile(string path, FileStream stream, bool isWriter)
    {
        Path = path;
        _stream = stream;
        _isWriter = isWriter;
        Identity = FileStatus.FromHandle(stream.SafeFileHandle)?.Identity;
    }

    public string Path { get; }

    public string? Identity { get; }

    public FileTrust Trust => FileTrust.OfFile(Path, _stream.SafeFileHandle);

    public long Length
    {
        get => _stream.Length;
        set => _stream.SetLength(value);
    }

    /// <summary>Takes over a file that was opened by its path.</summary>
    /// <exception cref="JournalException">It is not the regular file that the path leads to, or another run in this process writes it.</exception>
    internal static DiskFile Take(string path, FileStream stream, bool isWriter)
    {
        var file = new DiskFile(path, stream, isWriter);
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

    public int Read(long offset, byte[] buffer, int start, int count)
    {
        _stream.Position = offset;
        return _stream.Read(buffer, start, count);
    }

    public void Write(long offset, byte[] bytes)
    {
        _stream.Position = offset;
        _stream.Write(bytes, 0, bytes.Length);
    }

    public void Flush()
    {
        _stream.Flush();
        DiskFlush.Flush(_stream.SafeFileHandle, Path);
    }

    public void RequireUntouched(long expectedLength)
    {
        // On Windows the sharing mode lets nobody touch it.
        if (Identity is null || OperatingSystem.IsWindows())
        {
            return;
        }

        if (FileStatus.FromPath(Path) is not { } now || now.Identity != Identity || now.Length != expectedLength)
        {
            throw new JournalException(JournalErrorCode.Tampered, Path);
        }

        if (OperatingSystem.IsMacOS() && !FileLock.TryTake(_stream.SafeFileHandle))
        {
            // Elsewhere the lock stays; there it is lost as soon as this process has read and closed the file anywhere else.
            throw new JournalException(JournalErrorCode.InUse, Path);
        }
    }

    public void Delete()
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

    public void Dispose()
    {
        if (_isHeld)
        {
            _isHeld = false;
            FileLock.Release(_stream.SafeFileHandle);
            lock (HeldHere)
            {
                _ = HeldHere.Remove(Identity!);
            }
        }

        _stream.Dispose();
    }

    /// <summary>Checks that it is the file that the path leads to, not the target of a link created in between.</summary>
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
        if (!_isWriter || Identity is null)
        {
            return;
        }

        lock (HeldHere)
        {
            _isHeld = HeldHere.Add(Identity) ? true : throw new JournalException(JournalErrorCode.InUse, Path);
        }
    }
}
