using IotCard.Client.Credentials.Sources;

namespace IotCard.Client.Tests.Credentials;

public sealed class ProgramPathTests
{
    [Theory]
    [InlineData("vault", @".;C:\tools;D:\bin", null, @"C:\tools\vault.EXE")]
    [InlineData("vault", @"C:\tools;D:\bin", ".CMD;.EXE", @"D:\bin\vault.CMD")]
    [InlineData("vault.exe", @"C:\tools", null, @"C:\tools\vault.exe")]
    [InlineData("vault", @"tools;\tools;;C:tools", null, null)]
    [InlineData("vault", @"""C:\tools""", null, @"C:\tools\vault.EXE")]
    [InlineData("vault", @"\\server\share", null, @"\\server\share\vault.EXE")]
    [InlineData(@"C:\own\vault.exe", "", null, @"C:\own\vault.exe")]
    [InlineData(@"C:\tools\vault", "", null, @"C:\tools\vault.EXE")]
    [InlineData(@"D:\bin\vault", "", ".CMD;.EXE", @"D:\bin\vault.CMD")]
    [InlineData(@"C:\tools\nothing", "", null, @"C:\tools\nothing")]
    public void On_Windows_a_bare_name_is_searched_in_absolute_folders_with_extensions(string program, string path, string? extensions, string? found)
    {
        string[] files = [@"C:\tools\vault.EXE", @"C:\tools\vault.exe", @"D:\bin\vault.CMD", @"\\server\share\vault.EXE", @".\vault.EXE", @"tools\vault.EXE", "vault.EXE", @"\tools\vault.EXE"];
        var exists = extensions is null ? files : [@"D:\bin\vault.CMD"];

        Assert.Equal(found, ProgramPath.Find(program, path, extensions, isWindows: true, exists.Contains));
    }

    [Theory]
    [InlineData("vault", ".:bin:/usr/bin", "/usr/bin/vault")]
    [InlineData("vault", "", null)]
    [InlineData("/opt/vault", "/usr/bin", "/opt/vault")]
    public void On_Unix_too(string program, string path, string? found) =>
        Assert.Equal(found, ProgramPath.Find(program, path, null, isWindows: false, static f => f is "/usr/bin/vault" or "vault" or "./vault" or "bin/vault"));

    [Theory]
    [InlineData("./vault", false, true)]
    [InlineData("bin/vault", false, true)]
    [InlineData("~/vault", false, true)]
    [InlineData("/usr/bin/vault", false, false)]
    [InlineData("vault", false, false)]
    [InlineData(@".\vault.cmd", true, true)]
    [InlineData("./vault.cmd", true, true)]
    [InlineData(@"\tools\vault.exe", true, true)]
    [InlineData(@"C:vault.exe", true, true)]
    [InlineData(@"C:\tools\vault.exe", true, false)]
    [InlineData(@"\\server\share\vault.exe", true, false)]
    [InlineData("vault", true, false)]
    public void A_path_is_relative_if_it_depends_on_the_current_folder_or_drive(string program, bool isWindows, bool isRelative) =>
        Assert.Equal(isRelative, ProgramPath.IsRelative(program, isWindows));
}
