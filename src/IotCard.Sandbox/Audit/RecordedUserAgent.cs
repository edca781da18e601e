namespace IotCard.Sandbox.Audit;

/// <summary>How much of the user agent an event records.</summary>
public enum RecordedUserAgent
{
    /// <summary>As it was sent.</summary>
    Full,

    /// <summary>Its first 32 characters.</summary>
    Truncated,

    /// <summary>Nothing.</summary>
    Absent,
}
