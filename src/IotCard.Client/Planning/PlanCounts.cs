using IotCard.Client.Rules;

namespace IotCard.Client.Planning;

/// <summary>How many rows of a plan have which action.</summary>
internal readonly record struct PlanCounts
{
    /// <summary>All rows.</summary>
    internal long Rows { get; private init; }

    /// <summary>Rows that would be sent.</summary>
    internal long Send { get; private init; }

    /// <summary>Rows whose recorded request would be sent again.</summary>
    internal long Resume { get; private init; }

    /// <summary>Rows that are done.</summary>
    internal long AlreadyDone { get; private init; }

    /// <summary>Rows that are refused.</summary>
    internal long Refuse { get; private init; }

    /// <summary>Rows that may have been executed.</summary>
    internal long Unknown { get; private init; }

    internal static PlanCounts Of(IReadOnlyList<Row> rows)
    {
        long Count(RowAction action) => rows.Count(row => row.Decision.Action == action);
        return new PlanCounts
        {
            Rows = rows.Count,
            Send = Count(RowAction.Send),
            Resume = Count(RowAction.Resume),
            AlreadyDone = Count(RowAction.AlreadyDone),
            Refuse = Count(RowAction.Refuse),
            Unknown = Count(RowAction.Unknown),
        };
    }
}
