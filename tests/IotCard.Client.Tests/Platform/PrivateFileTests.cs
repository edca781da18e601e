using IotCard.Client.Platform;

namespace IotCard.Client.Tests.Platform;

/// <summary>Files and folders that only their owner may use.</summary>
public sealed class PrivateFileTests : IDisposable
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_file_and_every_missing_folder_are_private_and_what_exists_stays_as_it_is()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("There is no mode.");
            return;
        }

        var open = Directory.CreateDirectory(At("open"), Owner | UnixFileMode.UserExecute | UnixFileMode.GroupExecute).FullName;
        var inner = Path.Combine(open, "a", "b");
        PrivateFile.CreateFolder(inner);
        PrivateFile.CreateFolder(inner);
        using var stream = PrivateFile.Create(Path.Combine(inner, "x"), FileShare.Read);
        stream.WriteByte(1);

        Assert.Equal(Owner | UnixFileMode.UserExecute | UnixFileMode.GroupExecute, File.GetUnixFileMode(open));
        Assert.Equal(Owner | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.Combine(open, "a")));
        Assert.Equal(Owner | UnixFileMode.UserExecute, File.GetUnixFileMode(inner));
        Assert.Equal(Owner, File.GetUnixFileMode(Path.Combine(inner, "x")));
        Assert.True(FileTrust.OfFile(Path.Combine(inner, "x"), stream.SafeFileHandle).IsTrusted);
        Assert.True(FileTrust.OfFolder(inner).IsTrusted);
    }

    [Fact]
    public void A_file_that_exists_is_not_taken_for_a_new_one()
    {
        File.WriteAllText(At("x"), "");

        Assert.ThrowsAny<IOException>(() => PrivateFile.Create(At("x"), FileShare.Read));
        Assert.ThrowsAny<IOException>(() => PrivateFile.CreateFolder(At("x")));
    }

    private string At(string name) => Path.Combine(_folder.FullName, name);
}
