namespace IotCard.Client.Tests.Service;

/// <summary>Passes requests to a handler that it does not own, because a transport disposes its handlers.</summary>
internal sealed class SharedHandler(HttpMessageHandler inner) : HttpMessageHandler
{
    private readonly HttpMessageInvoker _invoker = new(inner, disposeHandler: false);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        _invoker.SendAsync(request, cancellationToken);

    protected override void Dispose(bool disposing)
    {
        _invoker.Dispose();
        base.Dispose(disposing);
    }
}
