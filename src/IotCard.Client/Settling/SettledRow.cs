using IotCard.Client.Journaling;
using IotCard.Client.Rules;

namespace IotCard.Client.Settling;

/// <summary>A row that was Unknown, and what the audit trail says about it.</summary>
/// <param name="Row">The row, as its journal has it.</param>
/// <param name="Conclusion">What follows.</param>
internal readonly record struct SettledRow(UnknownRow Row, AuditConclusion Conclusion)
{
    /// <summary>Whether a later lookup may find more.</summary>
    internal bool IsTooEarly => Conclusion.Finding == AuditFinding.TooEarly;
}
