using System.Globalization;
using System.Web;

namespace IotCard.Client.Tests.Simulation;

/// <summary>A request as the gateway reads it.</summary>
internal sealed record SimulatedRequest(string Iccid, string Imei, string? NewImei, string Nonce, DateTimeOffset Timestamp)
{
    /// <summary>What it asks for; the same for every request of a row.</summary>
    internal string Operation => $"{Iccid} {Imei} {NewImei}";

    internal static SimulatedRequest Read(HttpRequestMessage message, string body)
    {
        var query = HttpUtility.ParseQueryString(body.Length > 0 ? body : message.RequestUri!.Query);
        string Find(string header, string parameter) =>
            message.Headers.TryGetValues(header, out var values) ? values.First() : query[parameter]!;
        return new SimulatedRequest(
            query["Iccid"]!,
            query["Imei"]!,
            query["NewImei"],
            Find("x-acs-signature-nonce", "SignatureNonce"),
            DateTimeOffset.Parse(Find("x-acs-date", "Timestamp"), CultureInfo.InvariantCulture));
    }
}
