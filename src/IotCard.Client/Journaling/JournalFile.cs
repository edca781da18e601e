using System.Runtime.InteropServices;

namespace IotCard.Client.Journaling;

/// <summary>A journal's file, held by one writer at a time. Safe for concurrent use.</summary>
internal sealed class JournalFile : IDisposable
{
    private const int BlockLength = 64 * 1024;
    private const int LineLength = 1024;

    private readonly object _gate = new();
    private readonly FileStream _stream;
    private long _length;

    internal JournalFile(string path, FileStream stream)
    {
        Path = path;
        _stream = stream;
    }

    internal string Path { get; }

    public void Dispose() => _stream.Dispose();

    internal static JournalFile OpenToWrite(string path)
    {
        // Windows keeps a second writer away while others read; elsewhere a lock keeps everybody away or nobody.
        var share = RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? FileShare.Read : FileShare.None;
        return Open(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, share);
    }

    internal static JournalFile OpenToRead(string path) => Open(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);

    /// <summary>Begins to read at the first line.</summary>
    internal JournalLineReader Scan()
    {
        _stream.Position = 0;
        return new JournalLineReader(_stream, Path, BlockLength);
    }

    /// <summary>Cuts off what follows the last whole line, and makes ready to append.</summary>
    internal void Repair(long validLength)
    {
        lock (_gate)
        {
            _stream.SetLength(validLength);
            _length = validLength;
        }
    }

    /// <summary>Appends lines and forces them to the disk; where that fails, none of them stays.</summary>
    internal void Append(IEnumerable<byte[]> lines)
    {
        lock (_gate)
        {
            try
            {
                _stream.Position = _length;
                foreach (var line in lines)
                {
                    _stream.Write(line, 0, line.Length);
                }

                _stream.Flush(flushToDisk: true);
                _length = _stream.Position;
            }
            catch (IOException)
            {
                TryCut();
                throw;
            }
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

    private static JournalFile Open(string path, FileMode mode, FileAccess access, FileShare share)
    {
        try
        {
            // Without a buffer of its own, so that what is written is what the system has.
            return new JournalFile(path, new FileStream(path, mode, access, share, bufferSize: 1));
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException && access == FileAccess.Read)
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

    private void TryCut()
    {
        try
        {
            _stream.SetLength(_length);
        }
        catch (IOException)
        {
            // A half line stays; the next run cuts it off.
        }
    }
}
