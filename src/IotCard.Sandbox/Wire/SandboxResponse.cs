namespace IotCard.Sandbox.Wire;

/// <summary>A response of the gateway or the service, before it is written as JSON or XML.</summary>
internal sealed record SandboxResponse
{
    public const string Ok = "OK";

    public required Guid RequestId { get; init; }

    public required int Status { get; init; }

    public required string Code { get; init; }

    /// <summary>Whether the product's responses have no <c>Code</c>; that of a success is then only for the log.</summary>
    public bool OmitsCode { get; init; }

    /// <summary>The description; null if the product has no such field.</summary>
    public required string? Message { get; init; }

    /// <summary>The name of the XML form's root element.</summary>
    public required string Root { get; init; }

    public required bool AsXml { get; init; }

    /// <summary>The host in a refusal; null for a response of the service.</summary>
    public string? HostId { get; init; }

    /// <summary>The page that a refusal recommends.</summary>
    public string? Recommend { get; init; }

    /// <summary>The header that tells a throttled client when to retry.</summary>
    public (string Name, string Value)? Hint { get; init; }

    /// <summary>The result of the action; null = none.</summary>
    public ResponseField? Payload { get; init; }

    /// <summary>Further fields, for a product whose envelope has more than a code and a message.</summary>
    public IReadOnlyList<ResponseField> Details { get; init; } = [];

    /// <summary>The <c>Date</c> header; null = the gateway's clock.</summary>
    public DateTimeOffset? Date { get; init; }
}
