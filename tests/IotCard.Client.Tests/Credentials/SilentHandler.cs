namespace IotCard.Client.Tests.Credentials;

/// <summary>A network without any response.</summary>
internal sealed class SilentHandler : HttpMessageHandler
{
    private int _asked;

    internal int Asked => Volatile.Read(ref _asked);

    internal async Task WaitForAsync(int requests)
    {
        while (Asked < requests)
        {
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _asked);
        await Task.Delay(Timeout.Infinite, cancellationToken);
        throw new InvalidOperationException();
    }
}
