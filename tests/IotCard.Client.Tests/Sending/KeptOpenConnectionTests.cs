using IotCard.Client.Cards;
using IotCard.Client.Credentials;
using IotCard.Client.Rules;
using IotCard.Client.Sending;
using IotCard.Client.Service;
using IotCard.Client.Signing;

namespace IotCard.Client.Tests.Sending;

/// <summary>
/// A kept-open connection that is closed just when a request has arrived on it. Whether .NET's own handler resends the
/// request or the sending rules do, it is the same request, and the gateway recognizes it.
/// </summary>
public sealed class KeptOpenConnectionTests
{
    [Theory]
    [InlineData(SignatureMethod.Acs3HmacSha256, false, OutcomeStatus.Succeeded)]
    [InlineData(SignatureMethod.Acs3HmacSha256, true, OutcomeStatus.Unknown)]
    [InlineData(SignatureMethod.HmacSha1, false, OutcomeStatus.Succeeded)]
    [InlineData(SignatureMethod.HmacSha1, true, OutcomeStatus.Unknown)]
    public async Task A_request_that_is_cut_off_with_it_is_executed_once_and_its_result_is_right(
        SignatureMethod method, bool executes, OutcomeStatus status)
    {
        await using var gateway = new HangingUpGateway(executes);
        using var transport = new ServiceTransport(static () => ServiceHandler.Create(), TimeProvider.System, TimeSpan.FromMinutes(1));
        using var sender = new OperationSender(
            new SenderOptions { Endpoint = gateway.Endpoint, SignatureMethod = method, Nonces = new CountedNonces(), Jitter = static () => 0 },
            new StaticCredentialProvider(new Credential("id", "secret")),
            transport);

        var first = await sender.SendAsync(Row(1), record: null, TestContext.Current.CancellationToken);
        var second = await sender.SendAsync(Row(2), record: null, TestContext.Current.CancellationToken);

        Assert.Equal((OutcomeStatus.Succeeded, status), (first.Status, second.Status));
        Assert.Equal(2, gateway.Executed);
        Assert.Equal(3, gateway.Arrived.Count);
        Assert.Equal(gateway.Arrived[1], gateway.Arrived[2]);
        Assert.NotEqual(gateway.Arrived[0], gateway.Arrived[1]);
    }

    private static BindingRow Row(int n) => BindingRow.Unbind(SyntheticNumbers.Iccid(n), SyntheticNumbers.Imei(n));
}
