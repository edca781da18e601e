using IotCard.Client.Credentials;
using IotCard.Client.Sanitizing;
using IotCard.Client.Signing;

namespace IotCard.Client.Tests.Signing;

public sealed class HeaderValueTests
{
    [Theory]
    [InlineData("to\r\nx-acs-action: Other", "a line break in it, after 2 characters")]
    [InlineData("token\n", "ends with a line break")]
    [InlineData("token\r\n", "Get-Content -Raw")]
    [InlineData("to ken", "a blank in it, after 2 characters")]
    [InlineData(" token", "a blank in it, after 0 characters")]
    [InlineData("to\u0000ken", "a control character in it, after 2 characters")]
    [InlineData("t\u00f6ken", "a character outside ASCII in it, after 1 characters")]
    [InlineData("\u5bc6", "a character outside ASCII in it, after 0 characters")]
    public void An_invalid_value_from_a_user_is_named_and_refused_before_anything_is_sent(string value, string reason)
    {
        var id = Assert.Throws<CredentialException>(() => CredentialFactory.CreateFromUser(value, "secret", null));
        var secret = Assert.Throws<CredentialException>(() => CredentialFactory.CreateFromUser("id", value, null));
        var token = Assert.Throws<CredentialException>(() => CredentialFactory.CreateFromUser("id", "secret", value));

        Assert.StartsWith("The user name of -Credential: an AccessKey ID", id.Message, StringComparison.Ordinal);
        Assert.StartsWith("The password of -Credential: an AccessKey secret", secret.Message, StringComparison.Ordinal);
        Assert.StartsWith("-SecurityToken: a security token", token.Message, StringComparison.Ordinal);
        Assert.All([id, secret, token], e =>
        {
            Assert.Equal(CredentialErrorCode.InvalidCredential, e.Code);
            Assert.Contains(reason, e.Message, StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData("", "secret")]
    [InlineData("id", "")]
    public void A_missing_part_is_named(string id, string secret) =>
        Assert.Contains("is missing", Assert.Throws<CredentialException>(() => CredentialFactory.CreateFromUser(id, secret, null)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("id\r\nx: y", "secret", null)]
    [InlineData("id", "secret\n", null)]
    [InlineData("id", "secret", "token\r\nx-acs-action: Other")]
    public void No_credential_accepts_such_a_value_and_the_error_does_not_show_it(string id, string secret, string? token)
    {
        var failure = Assert.Throws<ArgumentException>(() => new Credential(id, secret, token));

        Assert.DoesNotContain("x: y", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Other", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a\r\nb: c")]
    [InlineData("\u00e9")]
    [InlineData("a\0")]
    public void A_signed_request_refuses_such_a_header_wherever_it_comes_from(string value)
    {
        var call = new ApiRequest(new ApiAction(new Uri("http://127.0.0.1:1"), "A", "1"));

        Assert.Throws<ArgumentException>(() => new SignedRequest(
            call, new Uri("http://127.0.0.1:1"), [new("x", value)], [], contentType: null, "n", DateTimeOffset.UnixEpoch, new SecretRedactor()));
        Assert.All(
            [SignatureMethod.Acs3HmacSha256, SignatureMethod.HmacSha1],
            method => Assert.Throws<ArgumentException>(() => new RequestSigner(method).Sign(call, new Credential("id", "secret"), value, DateTimeOffset.UnixEpoch)));
    }
}
