using IotCard.Client.Credentials;
using IotCard.Client.Sending;
using IotCard.Client.Tests.Chaos;

namespace IotCard.Client.Tests.Sending;

/// <summary>A request that was signed before its turn is sent as it is, or not at all.</summary>
public sealed class SignedAheadTests
{
    [Fact]
    public void Nothing_is_signed_before_a_credential_was_used()
    {
        using var service = new ScriptedService();

        Assert.Null(service.Sender.SignAhead(ScriptedService.Row));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(10, true)]
    [InlineData(11, false)]
    public async Task It_is_sent_as_long_as_it_is_fresh_and_signed_anew_after_that(int seconds, bool isSent)
    {
        using var service = new ScriptedService().Answers("OK", 200).Answers("OK", 200);
        await service.SendAsync();
        var ahead = service.Sender.SignAhead(ScriptedService.Row)!;
        service.Clock.Advance(TimeSpan.FromSeconds(seconds));

        var outcome = await service.SendAsync(ahead);

        Assert.Equal((Verdict.Succeeded, 1), (outcome.Verdict, outcome.Attempts));
        Assert.Equal(isSent, ScriptedService.NonceOf(service.Sent[^1]) == ahead.Request.Nonce);
    }

    [Fact]
    public async Task After_a_renewal_it_is_signed_anew()
    {
        using var service = new ScriptedService(credentials: new TurningCredentials(new Credential("id-1", "s", "t"), new Credential("id-2", "s", "t")))
            .Answers("OK", 200).Answers("InvalidSecurityToken.Expired").Answers("OK", 200).Answers("OK", 200);
        await service.SendAsync();
        var ahead = service.Sender.SignAhead(ScriptedService.Row)!;
        await service.SendAsync();

        await service.SendAsync(ahead);

        Assert.Contains("id-2", service.Sent[^1], StringComparison.Ordinal);
        Assert.NotEqual(ahead.Request.Nonce, ScriptedService.NonceOf(service.Sent[^1]));
    }

    [Fact]
    public async Task Refused_before_it_was_executed_it_is_signed_anew_and_not_sent_again()
    {
        using var service = new ScriptedService().Answers("OK", 200).DoesNotConnect().Answers("OK", 200);
        await service.SendAsync();
        var ahead = service.Sender.SignAhead(ScriptedService.Row)!;

        await service.SendAsync(ahead);

        Assert.Equal(3, service.Sent.Count);
        Assert.Equal(ahead.Request.Nonce, ScriptedService.NonceOf(service.Sent[1]));
        Assert.NotEqual(ahead.Request.Nonce, ScriptedService.NonceOf(service.Sent[2]));
    }
}
