using System.Diagnostics;
using IotCard.Client.Platform;

namespace IotCard.Client.Tests.Platform;

/// <summary>Owners and access control lists of real files on Windows.</summary>
public sealed class WindowsFileTests : IDisposable
{
    private const string LocalSystem = "S-1-5-18";
    private const string Administrators = "S-1-5-32-544";
    private const string Users = "S-1-5-32-545";

    private readonly DirectoryInfo _folder;

    public WindowsFileTests()
    {
        Assert.SkipUnless(OperatingSystem.IsWindows(), "There are no such lists.");

        // Only here, because nobody disposes a skipped test.
        _folder = Directory.CreateTempSubdirectory();
    }

    private string File => Path.Combine(_folder.FullName, "x.jsonl");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_new_file_belongs_to_this_user_and_lets_in_the_system_and_the_administrators_alone()
    {
        using var stream = PrivateFile.Create(File, FileShare.Read);
        stream.WriteByte(1);

        var security = WindowsFile.Security(stream.SafeFileHandle)!;
        Assert.Equal(WindowsUser.Sid, security.Owner);
        Assert.Equal(
            new[] { WindowsUser.Sid!, LocalSystem, Administrators }.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
            security.Entries!.Select(static e => e.Sid).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_is_created_in_a_new_folder_lets_in_no_other_users()
    {
        var folder = Path.Combine(_folder.FullName, "a", "b");
        PrivateFile.CreateFolder(folder);
        PrivateFile.CreateFolder(folder);
        using var stream = new FileStream(Path.Combine(folder, "x"), FileMode.CreateNew);

        Assert.DoesNotContain(Users, WindowsFile.Security(stream.SafeFileHandle)!.Entries!.Select(static e => e.Sid));
        Assert.Equal(FileKind.Folder, FileStatus.FromPath(folder)!.Value.Kind);
    }

    [Fact]
    public void A_list_that_lets_users_write_is_found()
    {
        using (PrivateFile.Create(File, FileShare.Read))
        {
        }

        using (var granted = Process.Start(new ProcessStartInfo("icacls.exe", [File, "/grant", $"*{Users}:(M)"]) { UseShellExecute = false, CreateNoWindow = true })!)
        {
            granted.WaitForExit();
            Assert.Equal(0, granted.ExitCode);
        }

        using var stream = RegularFile.OpenToRead(File);
        Assert.Equal(new FileTrust(TrustReason.WritableByOthers, File, Users), FileTrust.OfFile(File, stream.SafeFileHandle));
        Assert.True(FileTrust.IsReadableByOthers(stream.SafeFileHandle));
    }

    [Fact]
    public void The_user_s_own_folder_for_temporary_files_is_trusted()
    {
        using var stream = PrivateFile.Create(File, FileShare.Read);

        Assert.Equal(new FileTrust(TrustReason.Trusted), FileTrust.OfFile(File, stream.SafeFileHandle));
        Assert.Equal(new FileTrust(TrustReason.Trusted), FileTrust.OfFolder(_folder.FullName));
    }

    [Fact]
    public void A_path_beyond_the_old_limit_is_created_and_examined()
    {
        var folder = Path.Combine(_folder.FullName, new string('a', 120), new string('b', 120));
        PrivateFile.CreateFolder(folder);
        using var stream = PrivateFile.Create(Path.Combine(folder, "x.jsonl"), FileShare.Read);

        Assert.Equal(FileStatus.FromPath(Path.Combine(folder, "x.jsonl")), FileStatus.FromHandle(stream.SafeFileHandle));
    }

    [Fact]
    public void An_account_that_every_machine_has_is_called_by_name_and_a_domain_s_is_not_asked_for()
    {
        Assert.DoesNotContain("S-1", AccountName.Find(AccessEntry.Everyone), StringComparison.Ordinal);
        Assert.Equal("S-1-5-21-1-2-3-1001", AccountName.Find("S-1-5-21-1-2-3-1001"));
    }

    [Fact]
    public void An_alternate_stream_is_no_regular_file()
    {
        System.IO.File.WriteAllText(File, "");

        Assert.Throws<NotRegularFileException>(() => WriterFile.Create(File + ":s"));
        Assert.Throws<NotRegularFileException>(() => WriterFile.Open(File + ":s"));
        Assert.Throws<NotRegularFileException>(() => RegularFile.OpenToRead(File + "::$DATA"));
    }

    [Fact]
    public void The_null_device_is_no_regular_file() => Assert.Throws<NotRegularFileException>(() => RegularFile.OpenToRead("NUL"));

    [Fact]
    public void A_file_that_may_not_be_replaced_while_it_is_written_is_flushed()
    {
        using var stream = WriterFile.Create(File);
        stream.WriteByte(1);
        stream.Flush();

        DiskFlush.Flush(stream.SafeFileHandle, File);
        DiskFlush.FlushFolder(_folder.FullName);
        Assert.ThrowsAny<IOException>(() => System.IO.File.Delete(File));
    }
}
