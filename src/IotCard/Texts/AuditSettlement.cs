using IotCard.Client.Journaling;
using IotCard.Client.Rules;
using IotCard.Client.Settling;

namespace IotCard.Texts;

/// <summary>Says in words what the audit trail knows about the rows of a journal, and counts it.</summary>
internal sealed class AuditSettlement(Text text, IReadOnlyList<SettledRow> rows)
{
    /// <summary>The rows whose outcome is proved.</summary>
    internal IReadOnlyList<SettledRow> Proved { get; } = [.. rows.Where(static row => row.Conclusion.Status != OutcomeStatus.Unknown)];

    /// <summary>The rows that stay Unknown.</summary>
    internal IReadOnlyList<SettledRow> Open { get; } = [.. rows.Where(static row => row.Conclusion.Status == OutcomeStatus.Unknown)];

    /// <summary>Whether a later lookup may find more.</summary>
    internal bool IsTooEarly => Open.Any(static row => row.IsTooEarly);

    /// <summary>What is recorded for a proved row.</summary>
    internal static (UnknownRow Row, RowResolution Resolution) ToResolution(SettledRow settled, DateTimeOffset now)
    {
        var found = settled.Conclusion.Event!;
        return (settled.Row, new RowResolution
        {
            Status = settled.Conclusion.Status,
            ResolvedAt = now,
            Comment = settled.Conclusion.Finding == AuditFinding.NotExecuted ? found.ErrorCode ?? found.AnswerCode : null,
            Evidence = new AuditEvidence(found.EventId ?? found.RequestId ?? string.Empty, found.Time ?? default, settled.Conclusion.Finding.ToString()),
        });
    }

    /// <summary>Why a row stays Unknown.</summary>
    internal string DescribeOpen(SettledRow settled)
    {
        var found = settled.Conclusion.Event;
        return text.Format("Audit_" + settled.Conclusion.Finding, found?.EventId ?? found?.RequestId, found?.Time?.UtcDateTime);
    }
}
