using System.Globalization;
using System.Management.Automation;
using IotCard.Client.Journaling;
using IotCard.Client.Sanitizing;
using IotCard.Client.Rules;
using IotCard.Texts;

namespace IotCard.Reporting;

/// <summary>One row of a report. Its texts are safe to show, but not escaped for any format.</summary>
internal sealed record ReportRow
{
    /// <summary>The row's position in its list, from 1; 0 if unknown.</summary>
    internal long Row { get; init; }

    internal string Iccid { get; private init; } = string.Empty;

    internal string Operation { get; private init; } = string.Empty;

    /// <summary>The device before the operation.</summary>
    internal string? Imei { get; private init; }

    internal string? NewImei { get; private init; }

    internal OutcomeStatus Outcome { get; private init; }

    internal string Code { get; private init; } = string.Empty;

    internal string? Message { get; private init; }

    internal string? RequestId { get; private init; }

    internal int Attempts { get; private init; }

    /// <summary>Seconds.</summary>
    internal double Elapsed { get; private init; }

    /// <summary>UTC; null if unknown.</summary>
    internal DateTime? CompletedAt { get; private init; }

    /// <summary>The Unknown outcome that a person or the audit trail settled; null if none was.</summary>
    internal ReportRow? Unsettled { get; init; }

    /// <summary>The event of the audit trail that settled the row; null if a person did, or none was.</summary>
    internal string? Evidence { get; init; }

    /// <summary>When the service had its say, which for a settled row is before it was settled.</summary>
    internal DateTime? EndedAt => Unsettled is { CompletedAt: { } before } ? before : CompletedAt;

    /// <summary>Reads a result: the object itself, or what a CSV, CLIXML or JSON file made of it.</summary>
    /// <returns>Null if the object is no result.</returns>
    internal static ReportRow? TryRead(PSObject result)
    {
        if (!Enum.TryParse<OutcomeStatus>(Cell(result, nameof(BindingResult.Outcome)), ignoreCase: true, out var outcome)
            || outcome is not (OutcomeStatus.Succeeded or OutcomeStatus.Failed or OutcomeStatus.Unknown)
            || Cell(result, nameof(BindingResult.Iccid)) is not { } iccid)
        {
            return null;
        }

        return new ReportRow
        {
            Row = (long)(Number(result, nameof(BindingResult.Row)) ?? 0),
            Iccid = iccid,
            Operation = Cell(result, nameof(BindingResult.Operation)) ?? string.Empty,
            Imei = Cell(result, nameof(BindingResult.PreviousImei)) ?? Cell(result, nameof(BindingResult.Imei)),
            NewImei = Cell(result, nameof(BindingResult.NewImei)),
            Outcome = outcome,
            Code = Cell(result, nameof(BindingResult.Code)) ?? string.Empty,
            Message = Cell(result, nameof(BindingResult.Message)),
            RequestId = Cell(result, nameof(BindingResult.RequestId)),
            Attempts = (int)Math.Min(Number(result, nameof(BindingResult.Attempts)) ?? 0, int.MaxValue),
            Elapsed = Number(result, nameof(BindingResult.Elapsed)) ?? 0,
            CompletedAt = Time(result, nameof(BindingResult.CompletedAt)),
        };
    }

    /// <summary>Reads a journal's row.</summary>
    internal static ReportRow From(JournalRow row, OutcomeText words)
    {
        var read = From(row.Outcome, words);
        return row is { Unsettled: { } before, Outcome.Resolution: { } resolution }
            ? read with { Message = Clean(resolution.Comment), Evidence = EventOf(resolution.Evidence), Unsettled = From(before, words) }
            : read;
    }

    private static ReportRow From(RowOutcome outcome, OutcomeText words) =>
        TryRead(new PSObject(new BindingResult(outcome, words.Describe(outcome), isFromJournal: true)))!;

    private static string? EventOf(AuditEvidence? proof) =>
        proof is null ? null : Clean($"{proof.EventId} ({ReportText.Time(proof.EventTime.UtcDateTime)})");

    private static string? Clean(string? text) => text is null ? null : SafeText.Clean(text);

    private static object? Value(PSObject result, string name)
    {
        try
        {
            return result.Properties[name]?.Value is { } value ? (value as PSObject)?.BaseObject ?? value : null;
        }
        catch (GetValueException)
        {
            // A property that cannot be read is one that is not there.
            return null;
        }
    }

    /// <summary>A text; null for an empty one, as a CSV writes null.</summary>
    private static string? Cell(PSObject result, string name) =>
        Value(result, name) is { } value && Convert.ToString(value, CultureInfo.InvariantCulture) is { Length: > 0 } text ? SafeText.Clean(text) : null;

    private static double? Number(PSObject result, string name) =>
        double.TryParse(Cell(result, name), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number is >= 0 and < 1e15 ? number : null;

    private static DateTime? Time(PSObject result, string name)
    {
        var time = Value(result, name) switch
        {
            DateTime known => known.ToUniversalTime(),
            DateTimeOffset known => known.UtcDateTime,
            string text when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var read) => read.UtcDateTime,
            _ => default,
        };
        return time.Year > 1 ? time : null;
    }
}
