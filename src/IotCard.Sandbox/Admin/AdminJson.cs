using System.Text.Json;
using System.Text.Json.Serialization;
using IotCard.Sandbox.Audit;
using IotCard.Sandbox.Faults;

namespace IotCard.Sandbox.Admin;

/// <summary>The JSON form of the administration's requests and responses; a <see cref="FaultPlan"/> uses its properties' names.</summary>
internal static class AdminJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        RespectNullableAnnotations = true,
        AllowDuplicateProperties = false,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false) },
    };

    public static byte[] Write<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Options);

    /// <summary>Reads a plan.</summary>
    /// <exception cref="JsonException">It is not JSON, or not a plan.</exception>
    public static FaultPlan ReadPlan(ReadOnlySpan<byte> json)
    {
        var plan = JsonSerializer.Deserialize<FaultPlan>(json, Options) ?? throw new JsonException("null is no plan.");
        return plan.Error() is { } error ? throw new JsonException(error) : plan;
    }

    /// <summary>Reads how the audit trail records operations; what is not given is as by default.</summary>
    /// <exception cref="JsonException">It is not JSON, or not that.</exception>
    public static AuditTrailOptions ReadAuditTrail(ReadOnlySpan<byte> json)
    {
        var options = JsonSerializer.Deserialize<AuditTrailOptions>(json, Options) ?? throw new JsonException("null is no audit trail; DELETE resets it.");
        return options.Error() is { } error ? throw new JsonException(error) : options;
    }

    /// <summary>Reads an outage.</summary>
    /// <exception cref="JsonException">It is not JSON, not an outage, or one that nobody could end from outside.</exception>
    public static Outage ReadOutage(ReadOnlySpan<byte> json)
    {
        var outage = JsonSerializer.Deserialize<Outage>(json, Options) ?? throw new JsonException("null is no outage; DELETE ends one.");
        if (outage.Error() is { } error)
        {
            throw new JsonException(error);
        }

        return outage is { Kind: OutageKind.Refuse, Duration: null }
            ? throw new JsonException("Refuse needs a Duration here: while connections are refused, nobody can call to end it.")
            : outage;
    }
}
