using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace IotCard.Client.Tests.Credentials;

/// <summary>A service on loopback that responds as a test says and keeps the requests.</summary>
internal sealed class LoopbackService : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<ReceivedRequest> _requests = new();

    private LoopbackService(WebApplication app, Func<ReceivedRequest, Task<ServiceResponse>> respond)
    {
        _app = app;
        app.Run(async http =>
        {
            var request = await ReceivedRequest.ReadAsync(http.Request);
            _requests.Enqueue(request);
            var (status, body) = await respond(request);
            http.Response.StatusCode = status;
            await http.Response.WriteAsync(body);
        });
    }

    internal Uri Address => new(_app.Urls.Single());

    internal IReadOnlyList<ReceivedRequest> Requests => [.. _requests];

    internal static Task<LoopbackService> StartAsync(Func<ReceivedRequest, ServiceResponse> respond) =>
        StartAsync(request => Task.FromResult(respond(request)));

    internal static async Task<LoopbackService> StartAsync(Func<ReceivedRequest, Task<ServiceResponse>> respond)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var service = new LoopbackService(app, respond);
        await app.StartAsync();
        return service;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
