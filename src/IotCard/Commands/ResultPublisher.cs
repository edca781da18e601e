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

    /// <summary>Closes the run with a summary: a warning if something did not succeed, otherwise for the verbose stream.</summary>
    internal override void Complete()
    {
        base.Complete();
        var counts = _session!.Run.Counts;
        var summary = new RunSummary(_session, Text).Describe();
        if (counts.Succeeded != counts.Enqueued)
        {
            Command.WriteWarning(summary);
        }
        else if (counts.Enqueued > 0)
        {
            Command.WriteVerbose(summary);
        }
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
