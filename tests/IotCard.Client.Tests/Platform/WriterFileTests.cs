using IotCard.Client.Platform;
using Microsoft.Extensions.Time.Testing;

namespace IotCard.Client.Tests.Platform;

/// <summary>A file has one writer, and a program that only reads it is told apart from that.</summary>
public sealed class WriterFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();
    private readonly FakeTimeProvider _clock = new();

    private string File => Path.Combine(_folder.FullName, "x.jsonl");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_second_writer_is_told_at_once_that_there_is_another()
    {
        await using var first = WriterFile.Create(File);

        var failure = await Assert.ThrowsAsync<FileHeldException>(() => WriterFile.OpenAsync(File, _clock, TestContext.Current.CancellationToken));
        Assert.Equal(FileHolder.Writer, failure.Holder);

        // Who only reads is let in, and does not end the lock.
        await using (RegularFile.OpenToRead(File))
        {
            Assert.Equal(FileHolder.Writer, Assert.Throws<FileHeldException>(() => WriterFile.Open(File)).Holder);
        }
    }

    [Fact]
    public async Task A_program_that_lets_nobody_write_is_waited_for()
    {
        await System.IO.File.WriteAllTextAsync(File, "", TestContext.Current.CancellationToken);
        var reader = Occupy();
        var opening = WriterFile.OpenAsync(File, _clock, TestContext.Current.CancellationToken);
        Assert.False(opening.IsCompleted);

        await reader.DisposeAsync();
        _clock.Advance(TimeSpan.FromSeconds(1));

        await using var stream = await opening;
        Assert.True(stream.CanWrite);
    }

    [Fact]
    public async Task One_that_stays_is_named_as_such()
    {
        await System.IO.File.WriteAllTextAsync(File, "", TestContext.Current.CancellationToken);
        await using var reader = Occupy();
        var opening = WriterFile.OpenAsync(File, _clock, TestContext.Current.CancellationToken);
        while (!opening.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Equal(FileHolder.OtherProgram, (await Assert.ThrowsAsync<FileHeldException>(() => opening)).Holder);
    }

    [Fact]
    public async Task The_wait_can_be_canceled()
    {
        await System.IO.File.WriteAllTextAsync(File, "", TestContext.Current.CancellationToken);
        await using var reader = Occupy();
        using var cancellation = new CancellationTokenSource();
        var opening = WriterFile.OpenAsync(File, _clock, cancellation.Token);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => opening);
    }

    [Fact]
    public void A_colon_in_a_name_is_a_character_like_any_other_on_Unix()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "It names an alternate stream there.");
        using var stream = WriterFile.Create(File + ":s");

        Assert.True(stream.CanWrite);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_not_created() =>
        await Assert.ThrowsAsync<FileNotFoundException>(() => WriterFile.OpenAsync(File, _clock, TestContext.Current.CancellationToken));

    /// <summary>On Windows as a virus scanner does; on Unix only a program of .NET that shares with nobody is in the way.</summary>
    private FileStream Occupy() =>
        new(File, FileMode.Open, OperatingSystem.IsWindows() ? FileAccess.Read : FileAccess.ReadWrite, OperatingSystem.IsWindows() ? FileShare.Read : FileShare.None);
}
