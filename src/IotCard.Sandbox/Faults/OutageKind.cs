namespace IotCard.Sandbox.Faults;

/// <summary>How the service is out of reach during an <see cref="Outage"/>.</summary>
public enum OutageKind
{
    /// <summary>Every request is read, and its connection reset.</summary>
    Reset,

    /// <summary>Every request is answered 503 with the code <c>ServiceUnavailable</c>.</summary>
    Unavailable,

    /// <summary>Nothing listens on the port: requests in flight are finished, then connections are refused.</summary>
    Refuse,
}
