using IotCard.Client.Journaling;
using IotCard.Client.Rules;
using IotCard.Errors;
using IotCard.Input;
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
    private readonly DecisionText _reasons;
    private bool _hasWarnedOfJournal;
    private bool _hasReportedMissing;
    private long _recordedSuccesses;
    private long _recordedUnknowns;

    internal ResultPublisher(BindingCommand command, Text text, BindingSession? session)
        : base(command, text, session, "ProgressActivity")
    {
        _session = session;
        _words = new OutcomeText(text);
        _reasons = new DecisionText(text);
        _errors = new ErrorReport(text);
    }

    /// <summary>How many rows of the list lack a column.</summary>
    internal long MissingCount { get; set; }

    /// <summary>Writes a result that needs no run, as under -WhatIf.</summary>
    internal void Write(Row row)
    {
        if (row.Outcome is not { } outcome)
        {
            return;
        }

        var result = ToResult(row);
        Command.WriteObject(result.ToOutput());
        if (outcome.Status != OutcomeStatus.Succeeded)
        {
            WriteError(row, result);
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
        if (!_session!.Run.TryDequeue(out var row))
        {
            return false;
        }

        WriteNext(row);
        return true;
    }

    private protected override void Remark()
    {
        base.Remark();
        WarnOfJournal();
    }

    private void WriteNext(Row row)
    {
        var status = row.Outcome!.Status;
        if (row.IsFromJournal)
        {
            _recordedSuccesses += status == OutcomeStatus.Succeeded ? 1 : 0;
            _recordedUnknowns += status == OutcomeStatus.Unknown ? 1 : 0;
        }

        var result = ToResult(row);
        if (result.Attempts > 1)
        {
            Command.WriteVerbose(Text.Format("SentSeveralTimes", result.Row, OutcomeText.Shown(result.Iccid), result.Attempts));
        }

        // The result first: under -ErrorAction Stop the error ends the pipeline, and the row's outcome must not be lost.
        Command.WriteObject(result.ToOutput());
        if (status == OutcomeStatus.Succeeded)
        {
            return;
        }

        if (!Command.WillStop)
        {
            WriteError(row, result);
            return;
        }

        WriteTheRestAndStop(row);
    }

    /// <summary>
    /// Before an error ends the pipeline, every row of the list gets its result: requests in flight are awaited, the
    /// rest is not sent. The error is that of the row that stopped the run, which need not be the first to be
    /// published.
    /// </summary>
    private void WriteTheRestAndStop(Row first)
    {
        var cause = first;
        _session!.Run.Stop(first.Outcome!.Code);
        _session.FeedAll();
        WaitFor(_session.DrainAsync());
        while (_session.Run.TryDequeue(out var row))
        {
            Command.WriteObject(ToResult(row).ToOutput());
            cause = ReferenceEquals(row.Outcome, _session.Run.StopCause) ? row : cause;
        }

        Complete();
        _session.IsReported = true;
        WriteError(cause, ToResult(cause));
    }

    /// <summary>Writes the error of a row. Of rows that lack a column, the first one's counts the others.</summary>
    private void WriteError(Row row, BindingResult result)
    {
        var others = 0L;
        if (row.Decision.Code == InputFault.MissingColumn)
        {
            others = MissingCount - 1;
            if (_hasReportedMissing)
            {
                return;
            }

            _hasReportedMissing = true;
        }

        Command.WriteError(_errors.Create(
            result,
            row.Outcome!,
            _session is { JournalFailure: null } ? _session.JournalPath : null,
            others > 0 ? Text.Format("MoreRowsLackColumns", others) : null));
    }

    private BindingResult ToResult(Row row) =>
        new(row.Outcome!, row.Message ?? _reasons.Describe(row.Decision) ?? _words.Describe(row.Outcome!), row.IsFromJournal);

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
