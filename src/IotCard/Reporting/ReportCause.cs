using IotCard.Client.Rules;
using IotCard.Texts;

namespace IotCard.Reporting;

/// <summary>Rows that did not succeed for one reason.</summary>
internal sealed class ReportCause
{
    internal ReportCause(Text text, OutcomeStatus outcome, string code, IReadOnlyList<ReportRow> rows)
    {
        Outcome = outcome;
        Code = code;
        Rows = rows;
        Meaning = text.MeaningOf(code) ?? rows[0].Message ?? code;
        Advice = outcome == OutcomeStatus.Unknown ? text.Get("Action_Unknown") : text.ActionFor(code);
    }

    internal OutcomeStatus Outcome { get; }

    internal string Code { get; }

    internal string Meaning { get; }

    internal string Advice { get; }

    internal IReadOnlyList<ReportRow> Rows { get; }
}
