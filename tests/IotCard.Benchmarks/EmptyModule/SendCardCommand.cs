using System.Management.Automation;

namespace EmptyModule;

/// <summary>
/// <c>Send-Card</c>: what <c>OneCardByHand.ps1</c> does, in a cmdlet, with any number of requests in flight. It takes all
/// rows before it sends the first. It retries nothing, records nothing and checks nothing, so no module that sends cards
/// can take much less.
/// </summary>
[Cmdlet(VerbsCommunications.Send, "Card")]
public sealed class SendCardCommand : PSCmdlet
{
    private readonly List<CardRow> _rows = [];

    /// <summary>The endpoint.</summary>
    [Parameter(Mandatory = true)]
    public Uri Endpoint { get; set; } = null!;

    /// <summary>The maximum number of requests in flight.</summary>
    [Parameter]
    public int ThrottleLimit { get; set; } = 1;

    /// <summary>The card's ICCID.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string Iccid { get; set; } = string.Empty;

    /// <summary>The IMEI that the card is bound to.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string Imei { get; set; } = string.Empty;

    /// <summary>The IMEI of the new device.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string NewImei { get; set; } = string.Empty;

    /// <summary>Takes a row.</summary>
    protected override void ProcessRecord() => _rows.Add(new CardRow(Iccid, Imei, NewImei));

    /// <summary>Sends all rows, and writes their responses.</summary>
    protected override void EndProcessing()
    {
        using var client = new HttpClient();
        var requests = new CardRequests(Endpoint);
        if (_rows.Count == 1)
        {
            WriteObject(Send(client, requests, _rows[0]));
            return;
        }

        WriteObject(SendAllAsync(client, requests).GetAwaiter().GetResult(), enumerateCollection: true);
    }

    /// <summary>Sends a single card on this thread, which takes the least code.</summary>
    private static CardResponse Send(HttpClient client, CardRequests requests, CardRow row)
    {
        using var request = requests.Create(row);
        using var response = client.Send(request);
        using var body = new StreamReader(response.EnsureSuccessStatusCode().Content.ReadAsStream());
        return new CardResponse(row.Iccid, body.ReadToEnd());
    }

    private async Task<CardResponse[]> SendAllAsync(HttpClient client, CardRequests requests)
    {
        var responses = new CardResponse[_rows.Count];
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, ThrottleLimit).Select(_ => Task.Run(SendAsync))).ConfigureAwait(false);
        return responses;

        async Task SendAsync()
        {
            while (Interlocked.Increment(ref next) is var i && i < responses.Length)
            {
                using var request = requests.Create(_rows[i]);
                using var response = await client.SendAsync(request).ConfigureAwait(false);
                responses[i] = new CardResponse(_rows[i].Iccid, await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync().ConfigureAwait(false));
            }
        }
    }
}
