using IotCard.Client.Platform;

namespace IotCard.Client.Tests.Platform;

/// <summary>What a path or a handle leads to.</summary>
public sealed class FileStatusTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_file_is_the_same_by_its_path_and_by_its_handle()
    {
        var path = Write("a");
        using var stream = File.OpenRead(path);

        var byPath = FileStatus.FromPath(path);

        Assert.Equal(byPath, FileStatus.FromHandle(stream.SafeFileHandle));
        Assert.Equal((FileKind.Regular, 1L), (byPath!.Value.Kind, byPath.Value.Length));
        Assert.NotEqual(byPath.Value.Identity, FileStatus.FromPath(Write("b"))!.Value.Identity);
    }

    [Fact]
    public void A_folder_is_one_and_nothing_is_null()
    {
        Assert.Equal(FileKind.Folder, FileStatus.FromPath(_folder.FullName)!.Value.Kind);
        Assert.Null(FileStatus.FromPath(Path.Combine(_folder.FullName, "none")));
        Assert.Null(FileStatus.FromPath(Path.Combine(_folder.FullName, "none", "none")));
        Assert.Null(FileStatus.FromPath(Path.Combine(Write("a"), "none")));
    }

    [Fact]
    public async Task A_link_a_pipe_a_socket_and_a_device_are_told_apart()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links and pipes are those of Unix.");
        var link = Path.Combine(_folder.FullName, "link");
        File.CreateSymbolicLink(link, Write("a"));
        var pipe = Path.Combine(_folder.FullName, "pipe");
        await UnixFiles.MakePipeAsync(pipe);
        using var socket = new System.Net.Sockets.Socket(System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Unspecified);
        socket.Bind(new System.Net.Sockets.UnixDomainSocketEndPoint(Path.Combine(_folder.FullName, "socket")));

        Assert.Equal(
            [FileKind.Link, FileKind.Pipe, FileKind.Socket, FileKind.Device],
            new[] { link, pipe, Path.Combine(_folder.FullName, "socket"), "/dev/null" }.Select(static p => FileStatus.FromPath(p)!.Value.Kind));
    }

    [Fact]
    public void The_mode_and_the_owner_are_those_of_the_file()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("There is no mode.");
            return;
        }

        var path = Write("a");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.GroupWrite);
        var status = FileStatus.FromPath(path)!.Value;

        Assert.False(status.IsReadableByOthers);
        Assert.Equal(UnixFiles.User, status.Owner);
        Assert.True(FileStatus.FromPath(Path.GetTempPath())!.Value.IsSticky);
    }

    [Theory]
    [InlineData(0xA000000Cu, true)]
    [InlineData(0xA0000003u, true)]
    [InlineData(0x9000701Au, false)]
    [InlineData(0x80000013u, false)]
    [InlineData(0x80000017u, false)]
    public void Only_reparse_points_that_stand_for_a_name_are_links(uint tag, bool isLink)
    {
        // A symbolic link, a junction; a file of OneDrive, of a deduplicated volume, of a compressed system.
        Assert.Equal(isLink, WindowsFile.IsNameSurrogate(tag));
    }

    private string Write(string name)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, name);
        return path;
    }
}
