using BenchmarkDotNet.Attributes;
using IotCard.Client.Cards;
using IotCard.Client.Service;
using IotCard.Client.Signing;

namespace IotCard.Benchmarks.Micro;

/// <summary>What happens to every row apart from signing and sending.</summary>
public class CardBenchmarks
{
    private static readonly byte[] Response =
        """{"RequestId":"8906582E-6722-409A-A6C4-0E7863B733A5","Code":"OK","Message":"OK","IotModBind":{"IsModSuccess":true}}"""u8.ToArray();

    private readonly BindingRow _row = BindingRow.Rebind("89860018521874998319", "860456038157932", "353918052345671");
    private readonly BindingApi _api = new(BindingApi.DefaultEndpoint);
    private readonly SignedRequest _request = new SigningSample().SignAcs3();

    /// <summary>Validates the three cells of a rebind.</summary>
    /// <returns>No fault.</returns>
    [Benchmark]
    public RowFault? CheckRow() => RowCheck.FindFault(_row);

    /// <summary>Creates the call to sign.</summary>
    /// <returns>The call.</returns>
    [Benchmark]
    public object MakeCall() => _api.ToCall(_row);

    /// <summary>Creates the message to send.</summary>
    /// <returns>The message.</returns>
    [Benchmark]
    public HttpRequestMessage MakeMessage() => _request.ToMessage();

    /// <summary>Reads the body of a successful response.</summary>
    /// <returns>The response.</returns>
    [Benchmark]
    public object? ReadResponse() => ResponseReader.Read(200, Response);
}
