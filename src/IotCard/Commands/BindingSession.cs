using IotCard.Client.Journaling;
using IotCard.Client.Running;
using IotCard.Client.Sending;
using IotCard.Client.Service;
using IotCard.Texts;
using Method = IotCard.Client.Signing.SignatureMethod;

namespace IotCard.Commands;

/// <summary>What a command holds from its first row to its last: the credential, the connections, the run, the journal.</summary>
internal sealed class BindingSession : IDisposable
{
    /// <summary>How long requests in flight may still be answered once the run is stopped, so that the journal has their ends.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _inFlight;
    private readonly ServiceTransport _transport;
    private readonly OperationSender _sender;
    private bool _isDisposed;

    private BindingSession(CancellationTokenSource inFlight, ServiceTransport transport, OperationSender sender, BindingRun run, Journal? journal)
    {
        _inFlight = inFlight;
        _transport = transport;
        _sender = sender;
        Run = run;
        Journal = journal;
    }

    internal BindingRun Run { get; }

    internal Journal? Journal { get; }

    /// <summary>How far the gateway's clock is ahead of this machine's, where that has shown.</summary>
    internal TimeSpan ClockOffset => _sender.Clock.Offset;

    /// <summary>Finds the credential, opens the journal and makes ready to send.</summary>
    /// <exception cref="IotCardException">There is no credential to be had, or the journal cannot be used.</exception>
    internal static BindingSession Open(BindingCommand command, JournalJob job, string? journalPath, Text text, CancellationToken cancellationToken)
    {
        var finder = new CredentialFinder(command, text);
        var provider = finder.Find(cancellationToken);
        var journal = journalPath is null ? null : OpenJournal(() => Journal.OpenAsync(journalPath, job).GetAwaiter().GetResult(), text);
        var inFlight = new CancellationTokenSource();
        var options = new SenderOptions
        {
            Endpoint = job.Endpoint,
            SignatureMethod = string.Equals(command.SignatureMethod, "HMAC-SHA1", StringComparison.OrdinalIgnoreCase) ? Method.HmacSha1 : Method.Acs3HmacSha256,
            MidChannelId = command.MidChannelId,
            MaximumRetryCount = command.MaximumRetryCount,
            RequestsPerSecond = command.RequestsPerSecond,
            InFlight = inFlight.Token,
        };
        var transport = new ServiceTransport(finder.CreateHandler(), options.Clock, TimeSpan.FromSeconds(command.TimeoutSec));
        var sender = new OperationSender(options, provider, transport);
        var run = new BindingRun(sender, new RunOptions { ThrottleLimit = command.ThrottleLimit, StopsAtFailure = command.WillStop() });
        return new BindingSession(inFlight, transport, sender, run, journal);
    }

    /// <summary>Opens a journal and says in words where that fails.</summary>
    internal static T OpenJournal<T>(Func<T> open, Text text)
    {
        try
        {
            return open();
        }
        catch (JournalException failure)
        {
            throw new IotCardException(failure.Code, text.Format("Start_" + failure.Code, failure.Path, failure.Detail), innerException: failure);
        }
    }

    /// <summary>Sends nothing new, and waits for what is in flight, as long as the caller can wait for that.</summary>
    internal void Drain(TimeSpan limit)
    {
        Run.Stop();
        Run.DrainAsync(limit).GetAwaiter().GetResult();
    }

    /// <summary>Ends the run. Only where there is a journal is what is in flight awaited for a moment, so that its end is recorded.</summary>
    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        Drain(Journal is null ? TimeSpan.Zero : Grace);
        _inFlight.Cancel();
        Journal?.DisposeAsync().AsTask().GetAwaiter().GetResult();
        Run.Dispose();
        _sender.Dispose();
        _transport.Dispose();
        _inFlight.Dispose();
    }
}
