using IotCard.Client.Platform;
using Microsoft.Win32.SafeHandles;

namespace IotCard.Client.Tests.Platform;

/// <summary>A flush that fails is an error; .NET's own ones ignore the result of the system call.</summary>
public sealed class DiskFlushTests
{
    private const int Invalid = 22;

    [Fact]
    public void A_file_and_its_folder_are_flushed()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var path = Path.Combine(folder.FullName, "file");
            using var stream = new FileStream(path, FileMode.CreateNew);
            stream.WriteByte(1);
            stream.Flush();

            DiskFlush.Flush(stream.SafeFileHandle, path);
            DiskFlush.FlushFolder(folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_system_call_that_fails_is_an_error_with_its_number_and_the_path()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The null device can be flushed there.");
        using var stream = new FileStream("/dev/null", FileMode.Open, FileAccess.ReadWrite);

        stream.Flush(flushToDisk: true);
        var failure = Assert.Throws<IOException>(() => DiskFlush.Flush(stream.SafeFileHandle, "/jobs/x.jsonl"));

        Assert.Equal(Invalid, failure.HResult);
        Assert.Contains("/jobs/x.jsonl", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_is_missing_is_an_error()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Folders are not flushed there.");

        Assert.Throws<IOException>(() => DiskFlush.FlushFolder(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName())));
    }

    [Fact]
    public void A_closed_file_is_an_error()
    {
        var handle = new SafeFileHandle(-1, ownsHandle: false);

        Assert.ThrowsAny<IOException>(() => DiskFlush.Flush(handle, "x"));
    }
}
