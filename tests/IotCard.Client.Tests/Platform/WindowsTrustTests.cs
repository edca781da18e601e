using CsCheck;
using IotCard.Client.Platform;

namespace IotCard.Client.Tests.Platform;

/// <summary>Whose a file is on Windows: its owner and its access control list, as the system returns them.</summary>
public sealed class WindowsTrustTests
{
    private const string Me = "S-1-5-21-1-2-3-1001";
    private const string Other = "S-1-5-21-1-2-3-1002";
    private const string LocalSystem = "S-1-5-18";
    private const string Administrators = "S-1-5-32-544";
    private const string Users = "S-1-5-32-545";
    private const string AuthenticatedUsers = "S-1-5-11";
    private const uint All = 0x1F01FF;
    private const uint Modify = 0x1301BF;
    private const uint ReadAndRun = 0x1200A9;
    private const uint AppendData = 0x4;
    private const byte InheritOnly = 0x0B;

    [Fact]
    public void A_protected_file_of_one_s_own_is_trusted() =>
        Assert.True(Judge(new DescriptorBytes(Me).Allow(Me, All).Allow(LocalSystem, All).Allow(Administrators, All).Allow(Users, ReadAndRun)).IsTrusted);

    [Theory]
    [InlineData(Modify)]
    [InlineData(0x2)]
    [InlineData(AppendData)]
    [InlineData(0x10000)]
    [InlineData(0x40000)]
    [InlineData(0x80000)]
    [InlineData(0x10000000)]
    [InlineData(0x40000000)]
    public void A_right_to_write_of_somebody_else_is_named(uint rights) =>
        Assert.Equal(
            new FileTrust(TrustReason.WritableByOthers, "x", AuthenticatedUsers),
            Judge(new DescriptorBytes(Me).Allow(Me, All).Allow(AuthenticatedUsers, rights)));

    [Fact]
    public void Somebody_else_s_file_is_named() =>
        Assert.Equal(new FileTrust(TrustReason.OtherOwner, "x", Other), Judge(new DescriptorBytes(Other).Allow(Me, All)));

    [Theory]
    [InlineData(LocalSystem)]
    [InlineData(Administrators)]
    [InlineData("S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464")]
    public void The_system_s_own_accounts_are_trusted(string owner) =>
        Assert.True(Judge(new DescriptorBytes(owner).Allow(owner, All)).IsTrusted);

    [Fact]
    public void The_root_of_a_drive_as_it_comes_is_trusted_on_the_way_although_users_may_create_folders_in_it()
    {
        var root = new DescriptorBytes(LocalSystem).Allow(Administrators, All).Allow(Users, ReadAndRun).Allow(AuthenticatedUsers, AppendData).Allow(AuthenticatedUsers, Modify, InheritOnly);

        Assert.True(Judge(root, WindowsTrust.ChangeFolder).IsTrusted);
        Assert.Equal(AuthenticatedUsers, Judge(root, WindowsTrust.FillFolder).Who);
    }

    [Fact]
    public void A_folder_that_somebody_made_under_the_root_is_not() =>
        Assert.Equal(AuthenticatedUsers, Judge(new DescriptorBytes(Administrators).Allow(AuthenticatedUsers, Modify), WindowsTrust.ChangeFolder).Who);

    [Fact]
    public void No_list_and_a_list_that_cannot_be_read_are_not_trusted()
    {
        Assert.Equal(new FileTrust(TrustReason.WritableByOthers, "x", AccessEntry.Everyone), Judge(new DescriptorBytes(Me) { HasList = false }));
        Assert.Equal(new FileTrust(TrustReason.Unknown, "x"), WindowsTrust.Judge("x", null, Me, WindowsTrust.WriteFile));
        Assert.Equal(new FileTrust(TrustReason.Unknown, "x"), WindowsTrust.Judge("x", new SecurityDescriptor(Me, []), null, WindowsTrust.WriteFile));
    }

    [Fact]
    public void An_entry_that_denies_or_holds_only_for_an_app_container_lets_nobody_in()
    {
        Assert.True(Judge(new DescriptorBytes(Me).Add(AccessEntry.Denied, Users, All).Allow("S-1-15-2-1", All)).IsTrusted);
    }

    [Theory]
    [InlineData(AccessEntry.AllowedConditionally)]
    [InlineData((byte)5)]
    [InlineData((byte)4)]
    public void An_entry_that_allows_under_a_condition_counts(byte type) =>
        Assert.Equal(TrustReason.WritableByOthers, Judge(new DescriptorBytes(Me).Add(type, Users, Modify)).Reason);

    [Fact]
    public void A_descriptor_that_is_cut_off_anywhere_is_refused_or_read_without_an_error()
    {
        var whole = new DescriptorBytes(Me).Allow(Me, All).Allow(Users, Modify).ToArray();
        Assert.NotNull(SecurityDescriptor.TryParse(whole));

        for (var length = 0; length < whole.Length; length++)
        {
            Assert.Null(SecurityDescriptor.TryParse(whole[..length]));
        }
    }

    [Fact]
    public void Any_bytes_are_refused_or_read_without_an_error()
    {
        var whole = new DescriptorBytes(Me).Allow(Me, All).Allow(Users, Modify).ToArray();
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte).List[1, 8].Sample(
            changes =>
            {
                var bytes = whole.ToArray();
                foreach (var (at, value) in changes)
                {
                    bytes[at] = value;
                }

                _ = SecurityDescriptor.TryParse(bytes);
                return true;
            });
    }

    [Fact]
    public void A_new_file_s_list_has_its_owner_the_system_and_the_administrators()
    {
        Assert.Equal("O:S-1-5-21-1D:P(A;;FA;;;S-1-5-21-1)(A;;FA;;;SY)(A;;FA;;;BA)", PrivateFile.Describe("S-1-5-21-1", isFolder: false));
        Assert.Equal("O:S-1-5-21-1D:P(A;OICI;FA;;;S-1-5-21-1)(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)", PrivateFile.Describe("S-1-5-21-1", isFolder: true));
    }

    private static FileTrust Judge(DescriptorBytes descriptor, uint rights = WindowsTrust.WriteFile) =>
        WindowsTrust.Judge("x", SecurityDescriptor.TryParse(descriptor.ToArray()), Me, rights);
}
