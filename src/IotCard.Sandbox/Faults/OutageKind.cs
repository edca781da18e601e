namespace IotCard.Sandbox.Faults;

/// <summary>How the service is unreachable during an <see cref="Outage"/>.</summary>
public enum OutageKind
{
    /// <summary>Every request is read, then its connection is reset.</summary>
    Reset,

    /// <summary>Every request is answered with HTTP 503 and the code <c>ServiceUnavailable</c>.</summary>
    Unavailable,

    /// <summary>Nothing listens on the port: requests in flight are finished, then connections are refused.</summary>
    Refuse,
}
