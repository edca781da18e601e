using IotCard.Client.Service;

namespace IotCard.Client.Tests.Journaling;

/// <summary>
/// A real connection that can go dead, as if the process had died: a request remains unanswered, either before it is
/// sent or once the service has answered it. It keeps what was to be sent.
/// </summary>
internal sealed class DyingTransport(DyingTransport.Death death) : DelegatingHandler(ServiceHandler.Create())
{
    private readonly TaskCompletionSource _dead = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal enum Death
    {
        None,
        BeforeSending,
        BeforeTheResponse,
    }

    internal List<string> Sent { get; } = [];

    /// <summary>Waits until a request is in flight that will never be answered.</summary>
    internal Task WaitUntilDeadAsync() => _dead.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Sent.Add(request.ToString());
        if (death == Death.None)
        {
            return await base.SendAsync(request, cancellationToken);
        }

        if (death == Death.BeforeTheResponse)
        {
            using var lost = await base.SendAsync(request, cancellationToken);
        }
        else
        {
            // From here on it is not known whether anything has left.
            await request.Content!.ReadAsByteArrayAsync(cancellationToken);
        }

        _dead.SetResult();
        await Task.Delay(Timeout.Infinite, cancellationToken);
        throw new InvalidOperationException("not reached");
    }
}
