using IotCard.Client.Credentials;

namespace IotCard.Client.Tests.Credentials;

public sealed class HomeFolderTests
{
    private const string Profile = @"C:\Users\me";

    [Theory]
    [InlineData("H:", @"\", @"H:\")]
    [InlineData("C:", @"\Users\me", @"C:\Users\me")]
    [InlineData("H:", @"\home\me", @"H:\home\me")]
    [InlineData(null, @"\Users\me", Profile)]
    [InlineData("H:", null, Profile)]
    [InlineData("H:", "", Profile)]
    [InlineData("H:", "me", Profile)]
    public void On_Windows_a_mapped_drive_comes_before_the_profile_s_folder(string? drive, string? path, string home) =>
        Assert.Equal(home, HomeFolder.Find(name => name == "HOMEDRIVE" ? drive : name == "HOMEPATH" ? path : null, Profile, isWindows: true));

    [Fact]
    public void Elsewhere_the_variables_of_Windows_mean_nothing() =>
        Assert.Equal("/home/me", HomeFolder.Find(static _ => @"\x", "/home/me", isWindows: false));
}
