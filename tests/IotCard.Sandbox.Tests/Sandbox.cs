using Microsoft.Extensions.Time.Testing;

namespace IotCard.Sandbox.Tests;

/// <summary>A sandbox in this process, and a client for it.</summary>
internal sealed class Sandbox : IAsyncDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });

    private Sandbox(SandboxService service) => Service = service;

    public static readonly DateTimeOffset Noon = new(2026, 3, 14, 12, 0, 0, TimeSpan.Zero);

    public SandboxService Service { get; }

    public ServiceLog Log => Service.Log;

    public Fleet Fleet => Service.Fleet;

    public static async Task<Sandbox> StartAsync(SandboxOptions? options = null) =>
        new(await SandboxService.StartAsync(options ?? new SandboxOptions(), TestContext.Current.CancellationToken));

    public static FakeTimeProvider FakeClock() => new(Noon);

    public async Task<TestResponse> SendAsync(TestRequest request)
    {
        using var message = request.Build(Service.Endpoint);
        return await SendAsync(message);
    }

    public async Task<TestResponse> SendAsync(HttpRequestMessage message)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var response = await _http.SendAsync(message, cancellation);
        return new TestResponse(response.StatusCode, await response.Content.ReadAsStringAsync(cancellation), response);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Service.DisposeAsync();
    }
}
