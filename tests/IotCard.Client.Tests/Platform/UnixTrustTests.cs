using IotCard.Client.Platform;

namespace IotCard.Client.Tests.Platform;

/// <summary>Whose a file is on Linux and macOS: owner and mode of the file, and of every folder and link on its way.</summary>
public sealed class UnixTrustTests
{
    private const uint Me = 1000;
    private const uint Other = 1001;
    private const uint MyGroup = 1000;
    private const uint Staff = 50;
    private const string File = "/home/me/.aliyun/config.json";

    private readonly Dictionary<string, FileStatus> _places = new(StringComparer.Ordinal)
    {
        ["/"] = Folder(0, 0b111_101_101),
        ["/home"] = Folder(0, 0b111_101_101),
        ["/home/me"] = Folder(Me, 0b111_101_101),
        ["/home/me/.aliyun"] = Folder(Me, 0b111_000_000),
        [File] = Regular(Me, 0b110_000_000),
        ["/tmp"] = Folder(0, 0b1_111_111_111),
        ["/tmp/a"] = Folder(Me, 0b111_000_000),
        ["/tmp/a/config.json"] = Regular(Me, 0b110_000_000),
    };

    private readonly Dictionary<string, string> _links = new(StringComparer.Ordinal);

    public UnixTrustTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "A full path begins with a drive there.");

    [Fact]
    public void A_file_of_one_s_own_in_folders_of_one_s_own_is_trusted() => Assert.Equal(new FileTrust(TrustReason.Trusted), Of(File));

    [Theory]
    [InlineData("/")]
    [InlineData("/home")]
    [InlineData("/home/me")]
    [InlineData("/home/me/.aliyun")]
    public void Every_folder_on_the_way_counts(string place)
    {
        var before = _places[place];
        _places[place] = Folder(before.Owner!.Value, 0b111_111_111);
        Assert.Equal(new FileTrust(TrustReason.WritableByOthers, place), Of(File));

        _places[place] = Folder(Other, 0b111_101_101);
        Assert.Equal(new FileTrust(TrustReason.OtherOwner, place, "1001"), Of(File));
    }

    [Theory]
    [InlineData(0b110_010_000)]
    [InlineData(0b110_000_010)]
    public void The_owner_and_the_mode_of_the_file_decide_too(int mode)
    {
        _places[File] = Regular(Me, mode);
        Assert.Equal(new FileTrust(TrustReason.WritableByOthers, File), Of(File));

        _places[File] = Regular(Other, 0b110_000_000);
        Assert.Equal(new FileTrust(TrustReason.OtherOwner, File, "1001"), Of(File));
    }

    [Fact]
    public void The_owner_and_the_mode_of_the_open_file_count_even_if_the_path_now_leads_to_a_better_one()
    {
        Assert.Equal(new FileTrust(TrustReason.OtherOwner, File, "1001"), Trust().OfFile(File, Regular(Other, 0b110_000_000)));
        Assert.Equal(new FileTrust(TrustReason.Replaced, File), Trust().OfFile(File, _places[File] with { Identity = "another" }));
        Assert.Equal(new FileTrust(TrustReason.Unknown, File), Trust().OfFile(File, null));
    }

    [Fact]
    public void Root_s_files_are_trusted_and_root_trusts_nobody_else_s()
    {
        _places[File] = Regular(0, 0b110_100_100);
        Assert.True(Of(File).IsTrusted);

        Assert.Equal(new FileTrust(TrustReason.OtherOwner, "/home/me", "1000"), Trust(user: 0).OfFile(File, _places[File]));
    }

    [Fact]
    public void In_a_sticky_folder_one_s_own_is_safe_and_somebody_else_s_is_not()
    {
        Assert.True(Of("/tmp/a/config.json").IsTrusted);

        _places["/tmp/a"] = Folder(Other, 0b111_101_101);
        Assert.Equal("/tmp/a", Of("/tmp/a/config.json").Place);
    }

    [Fact]
    public void A_sticky_file_is_still_writable()
    {
        _places[File] = Regular(Me, 0b1_110_000_010);

        Assert.Equal(TrustReason.WritableByOthers, Of(File).Reason);
    }

    [Fact]
    public void A_group_of_one_s_own_may_write()
    {
        _places["/home/me/.aliyun"] = Folder(Me, 0b111_111_101, MyGroup);
        Assert.True(Of(File).IsTrusted);

        _places["/home/me/.aliyun"] = Folder(Me, 0b111_111_101, Staff);
        Assert.Equal("/home/me/.aliyun", Of(File).Place);
    }

    [Fact]
    public void The_folders_to_a_link_and_to_its_target_count()
    {
        _places["/home/me/.aliyun"] = new FileStatus("link", FileKind.Link, 0) { Owner = Me, Mode = 0xA1FF };
        _links["/home/me/.aliyun"] = "../../data/aliyun";
        _places["/data"] = Folder(0, 0b111_101_101);
        _places["/data/aliyun"] = Folder(Me, 0b111_000_000);
        _places["/data/aliyun/config.json"] = Regular(Me, 0b110_000_000);
        Assert.True(Trust().OfFile(File, _places["/data/aliyun/config.json"]).IsTrusted);

        _places["/data"] = Folder(0, 0b111_111_111);
        Assert.Equal("/data", Trust().OfFile(File, _places["/data/aliyun/config.json"]).Place);
    }

    [Fact]
    public void A_link_of_somebody_else_s_is_not_followed()
    {
        _places["/tmp/a"] = new FileStatus("link", FileKind.Link, 0) { Owner = Other, Mode = 0xA1FF };
        _links["/tmp/a"] = "/home/me/.aliyun";

        Assert.Equal(new FileTrust(TrustReason.OtherOwner, "/tmp/a", "1001"), Trust().OfFile("/tmp/a/config.json", _places[File]));
    }

    [Fact]
    public void A_circle_of_links_ends()
    {
        _places["/tmp/a"] = new FileStatus("link", FileKind.Link, 0) { Owner = Me, Mode = 0xA1FF };
        _links["/tmp/a"] = "/tmp/a";

        Assert.Equal(new FileTrust(TrustReason.Unknown, "/tmp/a"), Trust().OfFolder("/tmp/a/b"));
    }

    [Fact]
    public void A_system_that_does_not_know_the_owner_is_not_trusted()
    {
        _places["/home"] = new FileStatus("2", FileKind.Folder, 0);

        Assert.Equal(new FileTrust(TrustReason.Unknown, "/home"), Of(File));
    }

    [Fact]
    public void A_folder_of_one_s_own_lets_nobody_else_put_anything_in()
    {
        Assert.True(Trust().OfFolder("/home/me/.aliyun").IsTrusted);
        Assert.True(Trust().OfFolder("/home/me/not/yet").IsTrusted);
        Assert.Equal(new FileTrust(TrustReason.WritableByOthers, "/tmp"), Trust().OfFolder("/tmp"));

        _places["/home/me/.aliyun"] = Folder(Me, 0b111_111_111);
        Assert.Equal("/home/me/.aliyun", Trust().OfFolder("/home/me/.aliyun").Place);
    }

    [Theory]
    [InlineData(1000u, true)]
    [InlineData(50u, false)]
    [InlineData(60u, false)]
    [InlineData(70u, true)]
    [InlineData(80u, false)]
    public void A_group_is_one_s_own_if_nobody_else_is_in_it(uint group, bool isOwn)
    {
        string[] users = ["root:x:0:0::/root:/bin/sh", "me:x:1000:1000::/home/me:/bin/sh", "you:x:1001:60::/home/you:/bin/sh", ""];
        string[] groups = ["me:x:1000:", "staff:x:50:me,you", "yours:x:60:", "mine:x:70:me", ""];

        Assert.Equal(isOwn, UserGroup.IsOwn(Me, group, users, groups));
    }

    [Theory]
    [InlineData("1001", "you")]
    [InlineData("12345", "12345")]
    public void A_user_is_called_by_name_where_the_machine_knows_it(string number, string name) =>
        Assert.Equal(name, AccountName.FindOnUnix(number, ["root:x:0:0::/root:/bin/sh", "you:x:1001:60::/home/you:/bin/sh", ":x:12345:1:::", ""]));

    private static FileStatus Folder(uint owner, int mode, uint group = Staff) => FileStatus.FromUnix(1, (ulong)mode, 0x4000 | mode, owner, group, 0);

    private static FileStatus Regular(uint owner, int mode) => FileStatus.FromUnix(2, owner, 0x8000 | mode, owner, Staff, 0);

    private UnixTrust Trust(uint user = Me) => new(
        user,
        path => _places.TryGetValue(path, out var status) ? status : null,
        path => _links.GetValueOrDefault(path),
        static group => group == MyGroup);

    private FileTrust Of(string path) => Trust().OfFile(path, _places[path]);
}
