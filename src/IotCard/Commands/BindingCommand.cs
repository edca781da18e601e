using System.Management.Automation;
using IotCard.Client.Cards;
using IotCard.Client.Journaling;
using IotCard.Client.Running;
using IotCard.Client.Sending;
using IotCard.Errors;
using IotCard.Texts;

namespace IotCard.Commands;

/// <summary>
/// What the commands that change a card's binding have in common: their shared parameters, and the way of every row
/// from the check through the prompt and the run to its result. It alone turns the client's outcomes into PowerShell's
/// records, and all of them on the pipeline thread.
/// </summary>
public abstract class BindingCommand : CredentialCommand, IDisposable
{
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(250);

    /// <summary>How long a result may wait for others, so that the pipeline thread is not woken for each single one.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(10);

    private readonly CancellationTokenSource _stop = new();
    private BindingSession? _session;
    private Journal? _whatIfJournal;
    private RunProgress? _progress;
    private OutcomeText? _words;
    private bool _yesToAll;
    private bool _noToAll;
    private bool _warnedOfClock;
    private bool _warnedOfJournal;

    /// <summary>Scheme, host and port of the service. Plain http is for this machine's own addresses only.</summary>
    [Parameter]
    [ValidateNotNull]
    public Uri Endpoint { get; set; } = new("https://dyiotapi.aliyuncs.com");

    /// <summary>How requests are signed.</summary>
    [Parameter]
    [ValidateSet("ACS3-HMAC-SHA256", "HMAC-SHA1")]
    public string SignatureMethod { get; set; } = "ACS3-HMAC-SHA256";

    /// <summary>How many requests may be in flight at once, 1 to 256.</summary>
    [Parameter]
    [ValidateRange(1, 256)]
    public int ThrottleLimit { get; set; } = 5;

    /// <summary>The most requests a second, 1 to 10000; no ceiling where not given. A run slows down by itself when it is throttled.</summary>
    [Parameter]
    [ValidateRange(1, 10000)]
    public int? RequestsPerSecond { get; set; }

    /// <summary>How long an attempt may take, from its start to the last value of the answer, in seconds, 1 to 600.</summary>
    [Parameter]
    [ValidateRange(1, 600)]
    public int TimeoutSec { get; set; } = 10;

    /// <summary>How often a row is tried again after a failed try, 0 to 100. Being told to wait is no failed try.</summary>
    [Parameter]
    [ValidateRange(0, 100)]
    public int MaximumRetryCount { get; set; } = 3;

    /// <summary>The journal of the job: an append-only JSON Lines file. Run the same input with the same journal again to resume.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? JournalPath { get; set; }

    /// <summary>Sends rows again whose outcome the journal calls unknown. They may have been carried out already.</summary>
    [Parameter]
    public SwitchParameter RetryUnknown { get; set; }

    /// <summary>The channel id that the official clients carry; left out where not given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? MidChannelId { get; set; }

    private OutcomeText Words => _words ??= new OutcomeText(Text);

    /// <summary>Whether a new IMEI with a wrong check digit may be sent.</summary>
    private protected virtual bool PassWrongCheckDigit => false;

    /// <summary>The operation that the command is for.</summary>
    private protected abstract BindingOperation Operation { get; }

    /// <summary>The row that the parameters hold now.</summary>
    private protected abstract BindingRow Row { get; }

    /// <summary>Sends nothing more, lets what is in flight come to its end where a journal records it, and closes the connections.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Finds the credential and opens the journal, unless this is a rehearsal.</summary>
    protected override void BeginProcessing()
    {
        try
        {
            var job = new JournalJob(Operation, ServiceEndpoint.Check(Endpoint, Text));
            var journalPath = FindJournalPath();
            if (IsWhatIf())
            {
                _whatIfJournal = journalPath is null ? null : BindingSession.OpenJournal(() => Journal.OpenForWhatIf(journalPath, job), Text);
                return;
            }

            WriteVerbose(Text.Format("EndpointUsed", job.Endpoint, SignatureMethod));
            _session = BindingSession.Open(this, job, journalPath, Text, _stop.Token);
            _progress = new RunProgress(this, Text);
        }
        catch (IotCardException failure)
        {
            ThrowTerminatingError(new ErrorReport(Text).Of(failure, TargetOf(failure)));
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }

    /// <summary>Checks the row, asks, and hands it to the run; writes the results that are there.</summary>
    protected override void ProcessRecord()
    {
        Enqueue(Row);
        if (_session is not { } session)
        {
            return;
        }

        Publish(session);
        while (session.Run.IsFull)
        {
            WaitAndPublish(session, isTotalKnown: false);
        }
    }

    /// <summary>Waits for the rows under way and writes their results.</summary>
    protected override void EndProcessing()
    {
        if (_session is not { } session)
        {
            return;
        }

        while (!session.Run.IsEmpty)
        {
            WaitAndPublish(session, isTotalKnown: true);
        }

        _progress?.Complete();
    }

    /// <summary>Sends nothing new.</summary>
    protected override void StopProcessing()
    {
        _session?.Run.Stop();
        _stop.Cancel();
    }

    /// <summary>Ends the run and closes the connections.</summary>
    /// <param name="disposing">Whether it is called by a person's code rather than by the finalizer.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _session?.Dispose();
            _whatIfJournal?.DisposeAsync().AsTask().GetAwaiter().GetResult();
            _stop.Dispose();
        }
    }

    private void Enqueue(BindingRow row)
    {
        if (RowCheck.FindFault(row, PassWrongCheckDigit) is { } fault)
        {
            Settle(RowOutcome.NotSent(row, fault.Code, DateTimeOffset.UtcNow), message: Words.Of(fault));
            return;
        }

        var entry = (_session?.Journal ?? _whatIfJournal)?.Take(row);
        if (FindSettled(row, entry) is { } settled)
        {
            Settle(settled, isFromJournal: settled == entry?.Outcome);
            return;
        }

        if (!CheckDigit.IsRight(row.Iccid))
        {
            WriteVerbose(Text.Format("IccidCheckDigit", row.Iccid));
        }

        var resumed = RetryUnknown ? null : entry?.OpenIntent;
        var isAgain = entry is { OpenIntent: not null } or { Outcome.Verdict: Verdict.Unknown };
        var target = Text.Format("Target", row.Iccid, row.Imei);
        var action = Describe(row, isAgain && RetryUnknown, resumed is not null);
        if (ShouldProcess(target, action) && _session is { } session && (!isAgain || !RetryUnknown || IsRiskTaken(target, action)))
        {
            session.Run.Add(row, entry, resumed);
        }
    }

    /// <summary>
    /// Asks before a row is sent that may have been carried out already, also where the command does not ask by itself;
    /// not where the user has said beforehand whether to be asked.
    /// </summary>
    private bool IsRiskTaken(string target, string action)
    {
        var hasAsked = Operation == BindingOperation.Unbind || GetVariableValue("ConfirmPreference")?.ToString() is nameof(ConfirmImpact.Medium) or nameof(ConfirmImpact.Low);
        var isNotToAsk = GetVariableValue("ConfirmPreference")?.ToString() == nameof(ConfirmImpact.None);
        return hasAsked || isNotToAsk || MyInvocation.BoundParameters.ContainsKey("Confirm")
            || ShouldContinue($"{action}: {target}", Text.Get("RetryUnknownCaption"), ref _yesToAll, ref _noToAll);
    }

    /// <summary>The outcome of a row that is not to be sent; null where it is.</summary>
    private RowOutcome? FindSettled(BindingRow row, JournalEntry? entry)
    {
        if (entry is { OpenIntent: null, Outcome: { } recorded } &&
            (recorded.Verdict == Verdict.Succeeded || (recorded.Verdict == Verdict.Unknown && !RetryUnknown)))
        {
            return recorded;
        }

        if (_session?.Run.IsAborted != true)
        {
            return null;
        }

        // What an earlier run may have carried out has not failed because this one sends nothing more.
        return entry is { OpenIntent: not null } or { Outcome.Verdict: Verdict.Unknown }
            ? RowOutcome.Unknown(row, OutcomeCode.NotSent) with { CompletedAt = DateTimeOffset.UtcNow }
            : RowOutcome.NotSent(row, OutcomeCode.NotSent, DateTimeOffset.UtcNow);
    }

    private string Describe(BindingRow row, bool isSentAgain, bool isResumed)
    {
        var action = row.Operation == BindingOperation.Rebind ? Text.Format("RebindAction", row.NewImei) : Text.Get("UnbindAction");
        return isSentAgain ? Text.Format("AgainAction", action) : isResumed ? Text.Format("ResumeAction", action) : action;
    }

    /// <summary>Gives a row that is not sent its result, in its turn.</summary>
    private void Settle(RowOutcome outcome, bool isFromJournal = false, string? message = null)
    {
        if (_session is { } session)
        {
            session.Run.EnqueueSettled(outcome, isFromJournal, message);
        }
        else
        {
            Write(new RunResult(outcome, isFromJournal, message));
        }
    }

    private void WaitAndPublish(BindingSession session, bool isTotalKnown)
    {
        try
        {
            if (session.Run.WaitForNextAsync().Wait((int)ProgressInterval.TotalMilliseconds, _stop.Token))
            {
                session.Run.WaitForAllAsync().Wait((int)Gathering.TotalMilliseconds, _stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }

        Publish(session);
        _progress?.Update(session.Run, isTotalKnown);
    }

    private void Publish(BindingSession session)
    {
        while (session.Run.TryDequeue(out var result))
        {
            Write(result);
            _progress?.Update(session.Run, isTotalKnown: false);
        }

        if (!_warnedOfClock && session.ClockOffset != TimeSpan.Zero)
        {
            _warnedOfClock = true;
            WriteWarning(Text.Format("ClockOff", Math.Round(session.ClockOffset.TotalMinutes)));
        }

        if (!_warnedOfJournal && session.Run.JournalFailure is { } failure)
        {
            _warnedOfJournal = true;
            WriteWarning(Text.Format("JournalLost", failure.Path, failure.Detail));
        }
    }

    private void Write(RunResult settled)
    {
        var result = ToResult(settled);

        // The result first: under -ErrorAction Stop the error ends the pipeline, and the row's outcome must not be lost.
        WriteObject(result);
        if (result.Outcome == Outcome.Succeeded)
        {
            return;
        }

        if (_session is { } session && WillStop())
        {
            WriteDrained(session);
        }

        WriteError(new ErrorReport(Text).Of(result, settled.Outcome));
    }

    /// <summary>Before an error ends the pipeline, the results of the rows that were in flight beside it are written too.</summary>
    private void WriteDrained(BindingSession session)
    {
        session.Drain(TimeSpan.FromSeconds(TimeoutSec));
        foreach (var landed in session.Run.DequeueDrained())
        {
            WriteObject(ToResult(landed));
        }
    }

    private BindingResult ToResult(RunResult settled) =>
        new(settled.Outcome, settled.Tag as string ?? Words.Of(settled.Outcome), settled.IsFromJournal);

    /// <summary>Whether the first error ends the pipeline.</summary>
    internal bool WillStop()
    {
        var action = MyInvocation.BoundParameters.TryGetValue("ErrorAction", out var bound) ? bound : GetVariableValue("ErrorActionPreference");
        return string.Equals(action?.ToString(), nameof(ActionPreference.Stop), StringComparison.OrdinalIgnoreCase);
    }

    private string? FindJournalPath()
    {
        if (JournalPath is null)
        {
            return RetryUnknown ? throw new IotCardException("JournalPathMissing", Text.Get("Start_JournalPathMissing")) : null;
        }

        var path = SessionState.Path.GetUnresolvedProviderPathFromPSPath(JournalPath, out var provider, out _);
        return provider.Name == "FileSystem"
            ? path
            : throw new IotCardException(JournalErrorCode.NotWritable, Text.Format("Start_" + JournalErrorCode.NotWritable, JournalPath, provider.Name));
    }

    private object? TargetOf(IotCardException failure) =>
        failure.Code == ServiceEndpoint.ErrorCode ? Endpoint
        : failure.Code.StartsWith("Journal", StringComparison.Ordinal) ? JournalPath
        : ProfileName;

    private bool IsWhatIf() =>
        MyInvocation.BoundParameters.TryGetValue("WhatIf", out var bound)
            ? LanguagePrimitives.IsTrue(bound)
            : LanguagePrimitives.IsTrue(GetVariableValue("WhatIfPreference"));
}
