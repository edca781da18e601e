using System.Globalization;
using System.Management.Automation;
using System.Security.Cryptography;
using System.Text;

namespace EmptyModule;

/// <summary>
/// <c>Send-Card</c>: what <c>OneCardByHand.ps1</c> does, in a cmdlet. It retries nothing, records nothing and checks
/// nothing, so no module that sends a card takes less.
/// </summary>
[Cmdlet(VerbsCommunications.Send, "Card")]
public sealed class SendCardCommand : PSCmdlet
{
    /// <summary>The endpoint.</summary>
    [Parameter(Mandatory = true)]
    public Uri Endpoint { get; set; } = null!;

    /// <summary>The card's ICCID.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string Iccid { get; set; } = string.Empty;

    /// <summary>The IMEI that the card is bound to.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string Imei { get; set; } = string.Empty;

    /// <summary>The IMEI of the new device.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string NewImei { get; set; } = string.Empty;

    /// <summary>Signs a request, sends it and writes the response.</summary>
    protected override void ProcessRecord()
    {
        var query = $"Iccid={Iccid}&Imei={Imei}&NewImei={NewImei}&OpionType=chgBind";
        var noContent = Hex(SHA256.HashData(Array.Empty<byte>()));
        (string Name, string Value)[] signed =
        [
            ("content-type", "application/x-www-form-urlencoded"),
            ("host", Endpoint.Authority),
            ("x-acs-action", "DoIotChgBindOrUnBind"),
            ("x-acs-content-sha256", noContent),
            ("x-acs-date", DateTime.UtcNow.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)),
            ("x-acs-signature-nonce", Guid.NewGuid().ToString()),
            ("x-acs-version", "2017-11-11"),
        ];
        var canonical = new StringBuilder("POST\n/\n").Append(query).Append('\n');
        var names = new StringBuilder();
        foreach (var (name, value) in signed)
        {
            canonical.Append(name).Append(':').Append(value).Append('\n');
            names.Append(names.Length > 0 ? ";" : string.Empty).Append(name);
        }

        canonical.Append('\n').Append(names).Append('\n').Append(noContent);
        var text = "ACS3-HMAC-SHA256\n" + Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical.ToString())));
        var signature = Hex(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Variable("ALIBABA_CLOUD_ACCESS_KEY_SECRET")), Encoding.UTF8.GetBytes(text)));

        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Endpoint, "/?" + query)) { Content = new ByteArrayContent([]) };
        request.Content.Headers.TryAddWithoutValidation(signed[0].Name, signed[0].Value);
        foreach (var (name, value) in signed.AsSpan(2))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        request.Headers.TryAddWithoutValidation(
            "Authorization", $"ACS3-HMAC-SHA256 Credential={Variable("ALIBABA_CLOUD_ACCESS_KEY_ID")},SignedHeaders={names},Signature={signature}");
        using var response = client.Send(request);
        using var body = new StreamReader(response.EnsureSuccessStatusCode().Content.ReadAsStream());
        WriteObject(new CardResponse(Iccid, body.ReadToEnd()));
    }

    private static string Hex(byte[] bytes) => Convert.ToHexString(bytes).ToLowerInvariant();

    private static string Variable(string name) => Environment.GetEnvironmentVariable(name) ?? string.Empty;
}
