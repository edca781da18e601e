using IotCard.Client.Credentials.Sources;

namespace IotCard.Client.Tests.Credentials;

public sealed class BatchFileTests
{
    [Theory]
    [InlineData(@"C:\tools\vault.cmd", true)]
    [InlineData(@"C:\tools\vault.BAT", true)]
    [InlineData(@"C:\tools\vault.cmd. ", true)]
    [InlineData(@"C:\tools\vault.exe", false)]
    [InlineData(@"C:\tools\cmd", false)]
    public void Batch_files_are_recognized_as_Windows_does(string program, bool isBatchFile) => Assert.Equal(isBatchFile, BatchFile.Is(program));

    [Fact]
    public void Nothing_in_an_argument_has_a_meaning_for_cmd() =>
        Assert.Equal(
            """/d /e:on /v:off /s /c ""C:\my tools\vault.cmd" "a&calc" "b|c" "^(d)" "!PATH!" "" "e f\"" """.TrimEnd(),
            BatchFile.ToArguments(@"C:\my tools\vault.cmd", ["a&calc", "b|c", "^(d)", "!PATH!", "", @"e f\"]));

    [Theory]
    [InlineData("say \"x\" & calc")]
    [InlineData("%PATH%")]
    [InlineData("a\r\nb")]
    [InlineData("a\0b")]
    public void What_cannot_be_passed_on_safely_is_refused(string argument)
    {
        Assert.Null(BatchFile.ToArguments(@"C:\tools\vault.cmd", ["ok", argument]));
        Assert.Null(BatchFile.ToArguments($@"C:\{argument}\vault.cmd", []));
    }
}
