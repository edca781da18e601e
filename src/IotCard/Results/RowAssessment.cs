namespace IotCard;

/// <summary>What would become of a row, and why.</summary>
/// <param name="Action">What would become of it.</param>
/// <param name="Code">Why, by a stable name.</param>
/// <param name="Message">Why, in words.</param>
internal sealed record RowAssessment(string Action, string? Code = null, string? Message = null)
{
    internal const string Send = "Send";
    internal const string AlreadyDone = "AlreadyDone";
    internal const string Refuse = "Refuse";
    internal const string Unknown = "Unknown";
}
