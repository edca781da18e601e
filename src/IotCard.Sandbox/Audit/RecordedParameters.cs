namespace IotCard.Sandbox.Audit;

/// <summary>How an event records the parameters of its request.</summary>
public enum RecordedParameters
{
    /// <summary>As they were sent.</summary>
    Plain,

    /// <summary>With stars in place of most characters of identifiers.</summary>
    Starred,

    /// <summary>Not at all.</summary>
    Absent,

    /// <summary>Identifiers of digits only as JSON numbers.</summary>
    Numbers,
}
