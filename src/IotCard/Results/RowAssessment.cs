namespace IotCard;

/// <summary>What would be done with a row, and why.</summary>
/// <param name="Action">What would be done.</param>
/// <param name="Code">The reason, as a stable name.</param>
/// <param name="Message">The reason, as text.</param>
internal sealed record RowAssessment(string Action, string? Code = null, string? Message = null)
{
    internal const string Send = "Send";
    internal const string AlreadyDone = "AlreadyDone";
    internal const string Refuse = "Refuse";
    internal const string Unknown = "Unknown";
}
