using IotCard.Client.Platform;

namespace IotCard.Client.Tests.Platform;

/// <summary>Only regular files are read.</summary>
public sealed class RegularFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_pipe_a_device_and_a_folder_are_refused_at_once()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Pipes are no files there.");
        await UnixFiles.MakePipeAsync(At("pipe"));
        File.CreateSymbolicLink(At("link"), At("pipe"));

        Assert.All([At("pipe"), At("link"), "/dev/zero", _folder.FullName], static path => Assert.Throws<NotRegularFileException>(() => RegularFile.OpenToRead(path)));
    }

    [Fact]
    public void A_file_and_a_link_to_one_are_read_even_while_somebody_writes()
    {
        File.WriteAllText(At("file"), "text");
        using var writer = new FileStream(At("file"), FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        using var stream = RegularFile.OpenToRead(At("file"));

        Assert.Equal("text", new StreamReader(stream).ReadToEnd());
    }

    [Fact]
    public void What_is_not_there_is_said_as_NET_says_it()
    {
        Assert.Throws<FileNotFoundException>(() => RegularFile.OpenToRead(At("none")));
    }

    private string At(string name) => Path.Combine(_folder.FullName, name);
}
