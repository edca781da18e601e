using IotCard.Client.Credentials;

namespace IotCard.Client.Tests.Credentials;

public sealed class LocalizableMessageTests
{
    [Fact]
    public void It_has_a_code_and_values_and_is_English_in_every_culture()
    {
        var words = new LocalizableMessage("NoResponseInTime", $"{"sts.aliyuncs.com"} did not respond within {1.5:0.###} seconds.");

        Assert.Equal("NoResponseInTime", words.Code);
        Assert.Equal<object?>(["sts.aliyuncs.com", 1.5], words.Values);
        Assert.Equal("sts.aliyuncs.com did not respond within 1.5 seconds.", words.ToString());
    }

    [Fact]
    public void A_sentence_within_another_loses_its_full_stop()
    {
        var inner = new LocalizableMessage("Inner", $"It is not there.");

        Assert.Equal("Nothing was found: It is not there.", new LocalizableMessage("Outer", $"Nothing was found: {inner}.").ToString());
    }

    [Fact]
    public void Braces_in_a_name_have_no_special_meaning() =>
        Assert.Equal("there is no {0}", new LocalizableMessage("NoFile", $"there is no {"{0}"}").ToString());

    [Fact]
    public async Task An_error_has_its_localizable_message()
    {
        using var home = new CredentialHome();
        home.WriteCliProfile(""" "mode":"ak" """);

        var failure = await Assert.ThrowsAsync<CredentialException>(() => home.Resolver().ResolveAsync("default", TestContext.Current.CancellationToken));

        Assert.Equal("InvalidProfile", failure.Words!.Code);
        Assert.Equal(failure.Message, failure.Words.ToString());
        Assert.Equal("ModeSpelling", Assert.IsType<LocalizableMessage>(failure.Words.Values[1]).Code);
    }
}
