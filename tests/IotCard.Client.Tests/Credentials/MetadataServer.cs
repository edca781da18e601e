using System.Globalization;

namespace IotCard.Client.Tests.Credentials;

/// <summary>The metadata service on loopback, with an instance role named <c>fleet-role</c>.</summary>
internal sealed class MetadataServer : IAsyncDisposable
{
    private const string Roles = "/latest/meta-data/ram/security-credentials/";

    private readonly CancellationTokenSource _closing = new();
    private readonly TimeProvider _clock;
    private LoopbackService _service = null!;
    private int _issued;

    private MetadataServer(TimeProvider clock) => _clock = clock;

    internal Uri Address => _service.Address;

    internal IReadOnlyList<ReceivedRequest> Requests => _service.Requests;

    /// <summary>The response to a request for a token.</summary>
    internal ServiceResponse Token { get; set; } = ServiceResponse.Ok("metadata-token\n");

    /// <summary>Whether a request for a token gets no response, as for a container one hop too far away.</summary>
    internal bool TokenIsLost { get; set; }

    /// <summary>Whether it responds only with a token.</summary>
    internal bool Hardened { get; set; } = true;

    internal ServiceResponse Role { get; set; } = ServiceResponse.Ok("fleet-role\n");

    internal string Code { get; set; } = "Success";

    internal static async Task<MetadataServer> StartAsync(TimeProvider clock)
    {
        var metadata = new MetadataServer(clock);
        metadata._service = await LoopbackService.StartAsync(metadata.ResponseAsync);
        return metadata;
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _service.DisposeAsync();
        _closing.Dispose();
    }

    internal async Task WaitForAsync(int requests)
    {
        while (Requests.Count < requests)
        {
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }
    }

    private async Task<ServiceResponse> ResponseAsync(ReceivedRequest request)
    {
        if (TokenIsLost && request.Method == "PUT")
        {
            await Task.Delay(Timeout.Infinite, _closing.Token);
        }

        return Respond(request);
    }

    private ServiceResponse Respond(ReceivedRequest request)
    {
        if (request is { Method: "PUT", Path: "/latest/api/token" })
        {
            return request.Headers.GetValueOrDefault("X-aliyun-ecs-metadata-token-ttl-seconds") == "21600" ? Token : new ServiceResponse(400, "ttl");
        }

        if (Hardened && request.Headers.GetValueOrDefault("X-aliyun-ecs-metadata-token") != "metadata-token")
        {
            return new ServiceResponse(403, "");
        }

        return (request.Method, request.Path) switch
        {
            ("GET", Roles) => Role,
            ("GET", Roles + "fleet-role") => Issue(),
            _ => new ServiceResponse(404, ""),
        };
    }

    private ServiceResponse Issue()
    {
        var n = Interlocked.Increment(ref _issued);
        var end = _clock.GetUtcNow().AddHours(6).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return ServiceResponse.Ok(
            $$"""{"AccessKeyId":"STS.instance{{n}}","AccessKeySecret":"instance-secret-{{n}}","SecurityToken":"instance-token-{{n}}","Expiration":"{{end}}","LastUpdated":"2026-03-01T11:00:00Z","Code":"{{Code}}"}""");
    }
}
