using System.Collections.Concurrent;
using System.Net;

namespace IotCard.Client.Tests.Credentials;

/// <summary>Records where requests would have gone, and answers each with an error.</summary>
internal sealed class RecordingHandler : HttpMessageHandler
{
    private readonly ConcurrentQueue<Uri> _addresses = new();

    internal IReadOnlyList<Uri> Addresses => [.. _addresses];

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        _addresses.Enqueue(request.RequestUri!);
        return Task.FromResult(new HttpResponseMessage(HttpStatusCode.InternalServerError) { Content = new StringContent("{}") });
    }
}
