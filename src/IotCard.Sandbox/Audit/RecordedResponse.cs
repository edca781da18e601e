namespace IotCard.Sandbox.Audit;

/// <summary>How much of a response an event records.</summary>
public enum RecordedResponse
{
    /// <summary>All of it.</summary>
    Full,

    /// <summary>Only its <c>RequestId</c>.</summary>
    RequestIdOnly,

    /// <summary>Nothing.</summary>
    Absent,
}
