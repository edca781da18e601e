using System.Management.Automation;
using IotCard.Client.Journaling;
using IotCard.Client.Rules;
using IotCard.Errors;
using IotCard.Input;
using IotCard.Sessions;
using IotCard.Texts;

namespace IotCard.Output;

/// <summary>
/// Writes the rows of a run: a result for each, an error for each that did not succeed, and the closing warning. Under
/// -ErrorAction Stop the error is that of the row that stopped the run, which need not be the first to be published.
/// </summary>
internal sealed class BindingWriter : ResultWriter
{
    private readonly PSCmdlet _command;
    private readonly Text _text;
    private readonly BindingSession? _session;
    private readonly ServicePlace _place;
    private readonly CommonParameters _common;
    private readonly OutcomeText _words;
    private readonly DecisionText _reasons;
    private readonly ErrorReport _errors;
    private Row? _cause;
    private bool _hasWarnedOfJournal;
    private bool _hasReportedMissing;

    /// <summary>Creates the writer.</summary>
    /// <param name="command">The command.</param>
    /// <param name="text">The texts.</param>
    /// <param name="session">The session; null if there is no run, as under -WhatIf.</param>
    /// <param name="place">Where requests go.</param>
    internal BindingWriter(PSCmdlet command, Text text, BindingSession? session, ServicePlace place)
    {
        _command = command;
        _text = text;
        _session = session;
        _place = place;
        _common = new CommonParameters(command);
        _words = new OutcomeText(text);
        _reasons = new DecisionText(text);
        _errors = new ErrorReport(text);
    }

    /// <summary>How many rows of the list lack a column.</summary>
    internal long MissingCount { get; set; }

    internal override bool IsEnding => _cause is not null;

    /// <summary>Writes the result of a row, if it has one: under -WhatIf, one that would be sent has none.</summary>
    internal void Write(Row row)
    {
        if (row.Outcome is not { } outcome)
        {
            return;
        }

        var result = ToResult(row);
        if (!row.IsFromJournal && result.Attempts > 1)
        {
            _command.WriteVerbose(_text.Format("SentSeveralTimes", result.Row, OutcomeText.Shown(result.Iccid), result.Attempts));
        }

        // The result first: under -ErrorAction Stop the error ends the pipeline, and the row's outcome must not be lost.
        _command.WriteObject(result.ToOutput());
        if (outcome.Status == OutcomeStatus.Succeeded)
        {
            return;
        }

        if (_session is null || !_common.StopsAtError)
        {
            WriteError(row, result);
        }
        else
        {
            Stop(_session, row, outcome);
        }
    }

    internal override bool TryWriteNext()
    {
        if (!_session!.Run.TryDequeue(out var row))
        {
            return false;
        }

        Write(row);
        return true;
    }

    internal override void Remark()
    {
        if (!_hasWarnedOfJournal && _session!.JournalFailure is { } failure)
        {
            _hasWarnedOfJournal = true;
            _command.WriteWarning(_text.Format(
                failure.Code == JournalErrorCode.FolderNotTrusted ? "AutomaticJournalNotTrusted"
                : _session.IsJournalAutomatic ? "AutomaticJournalLost"
                : failure.Code == JournalErrorCode.Tampered ? "Start_" + JournalErrorCode.Tampered
                : "JournalLost",
                failure.Path,
                failure.Detail ?? _text.MeaningOf(failure.Code)));
        }
    }

    /// <summary>Closes the run with a summary: a warning if something did not succeed, otherwise for the verbose stream.</summary>
    internal override void Complete()
    {
        var counts = _session!.Run.Counts;
        var summary = new RunSummary(_session, _place, _text).Describe();
        if (counts.Succeeded != counts.Enqueued)
        {
            _command.WriteWarning(summary);
        }
        else if (counts.Enqueued > 0)
        {
            _command.WriteVerbose(summary);
        }
    }

    /// <summary>Shows the summary on the host.</summary>
    internal override void CompleteEarly()
    {
        if (_session!.Run.Counts.Enqueued == 0 || _common.HidesWarnings)
        {
            return;
        }

        try
        {
            _command.Host.UI.WriteWarningLine(new RunSummary(_session, _place, _text).DescribeEarlyEnd());
        }
        catch (Exception failure) when (failure is PSInvalidOperationException or PSNotImplementedException or NotImplementedException or InvalidOperationException)
        {
            // A host without a user interface has nowhere to show it.
            return;
        }
    }

    internal override void End() => WriteError(_cause!, ToResult(_cause!));

    private void Stop(BindingSession session, Row row, RowOutcome outcome)
    {
        if (_cause is null)
        {
            _cause = row;
            session.Run.Stop(outcome.Code);
            session.FeedAll();
        }
        else if (ReferenceEquals(outcome, session.Run.StopCause))
        {
            _cause = row;
        }
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

        _command.WriteError(_errors.Create(
            result,
            row.Outcome!,
            _session is { JournalFailure: null } ? _session.JournalPath : null,
            others > 0 ? _text.Format("MoreRowsLackColumns", others) : null));
    }

    private BindingResult ToResult(Row row) =>
        new(row.Outcome!, row.Message ?? _reasons.Describe(row.Decision) ?? _words.Describe(row.Outcome!), row.IsFromJournal);
}
