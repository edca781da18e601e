using IotCard.Client.Cards;
using IotCard.Client.Rules;

namespace IotCard;

/// <summary>What would be done with a list, in figures, and the hash by which a second person approves it.</summary>
public sealed class BindingSummary
{
    internal BindingSummary(BindingOperation operation, Uri endpoint, string? accessKeyId, IReadOnlyList<Row> rows, string hash)
    {
        Operation = operation.ToString();
        Endpoint = endpoint;
        AccessKeyId = accessKeyId;
        Rows = rows.Count;
        Send = Count(rows, RowAction.Send);
        Resume = Count(rows, RowAction.Resume);
        AlreadyDone = Count(rows, RowAction.AlreadyDone);
        Refuse = Count(rows, RowAction.Refuse);
        Unknown = Count(rows, RowAction.Unknown);
        Hash = hash;
    }

    /// <summary>The operation: <c>Rebind</c> or <c>Unbind</c>.</summary>
    public string Operation { get; }

    /// <summary>Where it would be sent.</summary>
    public Uri Endpoint { get; }

    /// <summary>The masked id of the key that a run would use; null if no credential was found.</summary>
    public string? AccessKeyId { get; }

    /// <summary>The number of rows.</summary>
    public long Rows { get; }

    /// <summary>Rows that would be sent.</summary>
    public long Send { get; }

    /// <summary>Rows whose recorded request would be sent again.</summary>
    public long Resume { get; }

    /// <summary>Rows that are done.</summary>
    public long AlreadyDone { get; }

    /// <summary>Rows that would be refused.</summary>
    public long Refuse { get; }

    /// <summary>Rows about which a person has to find out more.</summary>
    public long Unknown { get; }

    /// <summary>
    /// The SHA-256 of the operation, the endpoint and the rows in order, in 64 hexadecimal digits: the value of
    /// <c>-ApprovedHash</c>. A journal does not change it.
    /// </summary>
    public string Hash { get; }

    /// <summary>The operation, the number of rows and the hash.</summary>
    /// <returns>Such as <c>Rebind 3000 9f86…</c>.</returns>
    public override string ToString() => $"{Operation} {Rows} {Hash}";

    private static long Count(IReadOnlyList<Row> rows, RowAction action) => rows.Count(row => row.Decision.Action == action);
}
