using System.Net;
using IotCard.Client.Cards;
using IotCard.Client.Credentials;
using IotCard.Client.Journaling;
using IotCard.Client.Rules;
using IotCard.Client.Sending;
using IotCard.Client.Service;
using IotCard.Client.Signing;

namespace IotCard.Client.Running;

/// <summary>
/// Runs a made-up row, answered by a made-up service, while the list is still being read: by the time that the first card
/// leaves, the runtime has compiled its way. Nothing leaves the process, nothing is recorded, and no key of the user is used.
/// </summary>
internal static class WarmUp
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private static int _isStarted;

    /// <summary>Runs the row on another thread, once in a process.</summary>
    internal static void Start()
    {
        if (Interlocked.Exchange(ref _isStarted, 1) == 0)
        {
            _ = Task.Run(RunAsync);
        }
    }

    /// <summary>Runs the row.</summary>
    /// <returns>Its outcome.</returns>
    internal static async Task<RowOutcome?> RunAsync()
    {
        using var transport = new ServiceTransport(static () => new MadeUpService(), TimeProvider.System, Timeout);
        using var credentials = new StaticCredentialProvider(new Credential("warm-up-id", "warm-up-secret"), nameof(WarmUp));
        using var sender = new OperationSender(new SenderOptions(), credentials, transport);
        using var run = new BindingRun(sender, new RunOptions());
        var row = new Row(BindingRow.Rebind("8986000000000000000", "000000000000000", "000000000000018"));
        row.Record = new UnkeptRecord(row.Binding);
        run.Add(row);
        await run.WaitForAllAsync().ConfigureAwait(false);
        return row.Outcome;
    }

    private sealed class MadeUpService : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await request.Content!.LoadIntoBufferAsync().ConfigureAwait(false);
            return new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = new StringContent("""{"Code":"OK","Message":"OK","RequestId":"00000000-0000-0000-0000-000000000000","IotModBind":{"IsModSuccess":true}}"""),
            };
        }
    }

    private sealed class UnkeptRecord(BindingRow row) : IRowRecord
    {
        public RecordedRow Recorded => RecordedRow.None;

        public ValueTask RecordIntentAsync(RecordedIntent intent, CancellationToken cancellationToken)
        {
            JournalLineFormatter.Intent(row, number: null, intent);
            return default;
        }

        public ValueTask RecordNotExecutedAsync(string code, CancellationToken cancellationToken) => default;

        public Task RecordOutcomeAsync(RowOutcome outcome)
        {
            JournalLineFormatter.Outcome(outcome, row, number: null);
            return Task.CompletedTask;
        }
    }
}
