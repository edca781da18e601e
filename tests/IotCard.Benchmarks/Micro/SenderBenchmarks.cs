using System.Net;
using BenchmarkDotNet.Attributes;
using IotCard.Client.Cards;
using IotCard.Client.Credentials;
using IotCard.Client.Rules;
using IotCard.Client.Sending;
using IotCard.Client.Service;
using IotCard.Client.Signing;

namespace IotCard.Benchmarks.Micro;

/// <summary>What the module does per card, with a handler that responds at once.</summary>
public class SenderBenchmarks : IDisposable
{
    private readonly BindingRow _row = BindingRow.Rebind("89860018521874998319", "860456038157932", "353918052345671");
    private readonly ServiceTransport _transport;
    private readonly OperationSender _sender;

    /// <summary>Creates the sender.</summary>
    public SenderBenchmarks()
    {
        _transport = new ServiceTransport(static () => new SuccessHandler(), TimeProvider.System, TimeSpan.FromSeconds(10));
        _sender = new OperationSender(new SenderOptions(), new StaticCredentialProvider(new Credential("sandbox-id", "sandbox-secret")), _transport);
    }

    /// <summary>Performs a row, from the row to its outcome.</summary>
    /// <returns>Its outcome.</returns>
    [Benchmark]
    public async Task<RowOutcome> SendRow() => await _sender.SendAsync(_row, record: null, CancellationToken.None);

    /// <inheritdoc/>
    public void Dispose()
    {
        _sender.Dispose();
        _transport.Dispose();
        GC.SuppressFinalize(this);
    }

    private sealed class SuccessHandler : HttpMessageHandler
    {
        private static readonly byte[] Response =
            """{"RequestId":"8906582E-6722-409A-A6C4-0E7863B733A5","Code":"OK","Message":"OK","IotModBind":{"IsModSuccess":true}}"""u8.ToArray();

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(Response) });
    }
}
