#if NET
using IotCard.Client.Cards;
using IotCard.Client.Credentials;
using IotCard.Client.Http;
using IotCard.Client.Journaling;
using IotCard.Client.Rules;
using IotCard.Client.Sending;
using IotCard.Client.Service;
using IotCard.Client.Signing;

namespace IotCard.Client.Running;

/// <summary>
/// Runs a made-up row, over a made-up connection, while the list is still being read: by the time that the first card
/// leaves, the runtime has compiled its way. Nothing leaves the process, nothing is recorded, and no key of the user is used.
/// </summary>
internal static class WarmUp
{
    private static readonly Uri Endpoint = new("http://iotcard-warm-up.invalid");
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private static int _isStarted;

    /// <summary>Runs the row on a thread of its own, once in a process.</summary>
    internal static void Start()
    {
        if (Interlocked.Exchange(ref _isStarted, 1) == 0)
        {
            _ = Task.Factory.StartNew(static () => Run(), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
    }

    /// <summary>Runs the row. It waits on the thread, because state machines of its own would be compiled as well.</summary>
    /// <returns>Its outcome.</returns>
    internal static RowOutcome? Run()
    {
        using var transport = new ServiceTransport(CreateHandler, TimeProvider.System, Timeout);
        using var credentials = new StaticCredentialProvider(new Credential("warm-up-id", "warm-up-secret"), nameof(WarmUp));
        using var sender = new OperationSender(new SenderOptions { Endpoint = Endpoint }, credentials, transport);
        using var run = new BindingRun(sender, new RunOptions());
        var row = new Row(BindingRow.Rebind("8986000000000000000", "000000000000000", "000000000000018"));
        row.Record = new UnkeptRecord(row.Binding);
        run.Add(row);
        run.WaitForAllAsync().GetAwaiter().GetResult();
        return row.Outcome;
    }

    private static SocketsHttpHandler CreateHandler()
    {
        var handler = ConnectionHandler.Create(useProxy: false);
        handler.ConnectCallback = static (_, _) => new ValueTask<Stream>(new MadeUpConnection());
        return handler;
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
#endif
