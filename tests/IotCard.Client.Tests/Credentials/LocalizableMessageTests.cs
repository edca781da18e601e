using IotCard.Client.Credentials;

namespace IotCard.Client.Tests.Credentials;

public sealed class LocalizableMessageTests
{
    [Fact]
    public void They_have_a_code_and_values_and_are_read_in_English_whatever_the_culture()
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
    public void Braces_of_a_name_are_nothing_special() =>
        Assert.Equal("there is no {0}", new LocalizableMessage("NoFile", $"there is no {"{0}"}").ToString());

    [Fact]
    public async Task An_error_holds_the_words_of_its_message()
    {
        using var home = new CredentialHome();
        home.WriteCliProfile(""" "mode":"ak" """);

        var failure = await Assert.ThrowsAsync<CredentialException>(() => home.Resolver().ResolveAsync("default", TestContext.Current.CancellationToken));

        Assert.Equal("InvalidProfile", failure.Words!.Code);
        Assert.Equal(failure.Message, failure.Words.ToString());
        Assert.Equal("ModeSpelling", Assert.IsType<LocalizableMessage>(failure.Words.Values[1]).Code);
    }
}
