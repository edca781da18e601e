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
    public void On_Windows_a_bare_name_is_searched_in_absolute_folders_with_extensions(string program, string path, string? extensions, string? found)
    {
        string[] files = [@"C:\tools\vault.EXE", @"C:\tools\vault.exe", @"D:\bin\vault.CMD", @"\\server\share\vault.EXE", @".\vault.EXE", @"tools\vault.EXE", "vault.EXE", @"\tools\vault.EXE"];
        var exists = extensions is null ? files : [@"D:\bin\vault.CMD"];

        Assert.Equal(found, ProgramPath.Find(program, path, extensions, isWindows: true, exists.Contains));
    }

    [Theory]
    [InlineData("vault", ".:bin:/usr/bin", "/usr/bin/vault")]
    [InlineData("vault", "", null)]
    [InlineData("./vault", "/usr/bin", "./vault")]
    public void On_Unix_too(string program, string path, string? found) =>
        Assert.Equal(found, ProgramPath.Find(program, path, null, isWindows: false, static f => f is "/usr/bin/vault" or "vault" or "./vault" or "bin/vault"));
}
