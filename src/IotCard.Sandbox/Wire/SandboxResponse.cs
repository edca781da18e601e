namespace IotCard.Sandbox;

/// <summary>An answer of the gateway or of the service, before it is written as JSON or XML.</summary>
internal sealed record SandboxResponse
{
    public const string Ok = "OK";

    public required Guid RequestId { get; init; }

    public required int Status { get; init; }

    public required string Code { get; init; }

    public required string Message { get; init; }

    /// <summary>The name of the XML form's outermost element.</summary>
    public required string Root { get; init; }

    public required bool AsXml { get; init; }

    /// <summary>The host that a refusal names; null for an answer of the service.</summary>
    public string? HostId { get; init; }

    /// <summary>The page that a refusal recommends.</summary>
    public string? Recommend { get; init; }

    /// <summary>The header that tells a throttled client when to come again.</summary>
    public (string Name, string Value)? Hint { get; init; }

    public ResponsePayload? Payload { get; init; }
}
