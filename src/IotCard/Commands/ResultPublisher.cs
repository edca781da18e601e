using System.Management.Automation;
using IotCard.Client.Journaling;
using IotCard.Client.Rules;
using IotCard.Errors;
using IotCard.Texts;

namespace IotCard.Commands;

/// <summary>
/// Turns the run's outcomes into PowerShell records: a result for every row, an error for each that did not succeed,
/// progress, messages about waiting, and the closing warning. Everything happens on the pipeline thread.
/// </summary>
internal sealed class ResultPublisher : RunPublisher
{
    private readonly BindingSession? _session;
    private readonly OutcomeText _words;
    private readonly ErrorReport _errors;
    private bool _hasWarnedOfJournal;
    private long _recordedSuccesses;
    private long _recordedUnknowns;

    internal ResultPublisher(BindingCommand command, Text text, BindingSession? session)
        : base(command, text, session, "ProgressActivity")
    {
        _session = session;
        _words = new OutcomeText(text);
        _errors = new ErrorReport(text);
    }

    /// <summary>Writes a result that needs no run, as under -WhatIf.</summary>
    internal void Write(Row settled)
    {
        var result = ToResult(settled);
        Command.WriteObject(result.ToOutput());
        if (settled.Outcome!.Status != OutcomeStatus.Succeeded)
        {
            Command.WriteError(_errors.Create(result, settled.Outcome!));
        }
    }

    /// <summary>Reports at the end of a run what did not succeed, and where it is recorded.</summary>
    internal override void Complete()
    {
        base.Complete();
        if (_recordedSuccesses + _recordedUnknowns > 0)
        {
            Command.WriteVerbose(Text.Format("NotSentAgain", _recordedSuccesses + _recordedUnknowns, _recordedSuccesses, _recordedUnknowns));
        }

        if (DescribeEnd() is { } warning)
        {
            Command.WriteWarning(warning);
        }
    }

    /// <summary>The closing message of a run in which something did not succeed; null if everything did.</summary>
    private string? DescribeEnd()
    {
        var counts = _session!.Run.Counts;
        if (counts.Succeeded == counts.Enqueued)
        {
            return null;
        }

        var summary = Text.Format("RunSummary", counts.Enqueued, counts.Succeeded, counts.Failed, counts.Unknown);
        return _session.JournalPath is { } path ? Text.Format("Sentences", summary, Text.Format("RunSummaryJournal", path)) : summary;
    }

    private protected override bool TryWriteNext()
    {
        if (!_session!.Run.TryDequeue(out var result))
        {
            return false;
        }

        WriteNext(result);
        return true;
    }

    private protected override void Remark()
    {
        base.Remark();
        WarnOfJournal();
    }

    private void WriteNext(Row settled)
    {
        if (settled.IsFromJournal)
        {
            _recordedSuccesses += settled.Outcome!.Status == OutcomeStatus.Succeeded ? 1 : 0;
            _recordedUnknowns += settled.Outcome!.Status == OutcomeStatus.Unknown ? 1 : 0;
        }

        var result = ToResult(settled);
        if (result.Attempts > 1)
        {
            Command.WriteVerbose(Text.Format("SentSeveralTimes", result.Row, OutcomeText.Shown(result.Iccid), result.Attempts));
        }

        // The result first: under -ErrorAction Stop the error ends the pipeline, and the row's outcome must not be lost.
        Command.WriteObject(result.ToOutput());
        if (settled.Outcome!.Status == OutcomeStatus.Succeeded)
        {
            return;
        }

        if (!Command.WillStop)
        {
            Command.WriteError(ErrorOf(result, settled));
            return;
        }

        WriteTheRestAndStop(settled);
    }

    /// <summary>
    /// Before an error ends the pipeline, every row that was added gets its result: requests in flight are awaited, the
    /// rest is not sent. The error is that of the row that stopped the run, which need not be the first to be
    /// published.
    /// </summary>
    private void WriteTheRestAndStop(Row first)
    {
        var cause = first;
        _session!.Run.Stop(first.Outcome!.Code);
        WaitFor(_session.DrainAsync());
        while (_session.Run.TryDequeue(out var settled))
        {
            Command.WriteObject(ToResult(settled).ToOutput());
            cause = ReferenceEquals(settled.Outcome, _session.Run.StopCause) ? settled : cause;
        }

        Complete();
        _session.IsReported = true;
        Command.WriteError(ErrorOf(ToResult(cause), cause));
    }

    private ErrorRecord ErrorOf(BindingResult result, Row settled) =>
        _errors.Create(result, settled.Outcome!, _session!.JournalFailure is null ? _session.JournalPath : null);

    private BindingResult ToResult(Row settled) =>
        new(settled.Outcome!, settled.Message ?? _words.Describe(settled.Outcome!), settled.IsFromJournal);

    private void WarnOfJournal()
    {
        if (!_hasWarnedOfJournal && _session!.JournalFailure is { } failure)
        {
            _hasWarnedOfJournal = true;
            Command.WriteWarning(Text.Format(
                failure.Code == JournalErrorCode.FolderNotTrusted ? "AutomaticJournalNotTrusted"
                : _session.IsJournalAutomatic ? "AutomaticJournalLost"
                : failure.Code == JournalErrorCode.Tampered ? "Start_" + JournalErrorCode.Tampered
                : "JournalLost",
                failure.Path,
                failure.Detail ?? Text.MeaningOf(failure.Code)));
        }
    }
}
