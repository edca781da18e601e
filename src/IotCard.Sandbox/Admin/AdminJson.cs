using System.Text.Json;
using System.Text.Json.Serialization;

namespace IotCard.Sandbox;

/// <summary>The JSON form of the administration's questions and answers; a <see cref="FaultPlan"/> has its properties' names.</summary>
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
    /// <exception cref="JsonException">It is no JSON, or no plan.</exception>
    public static FaultPlan ReadPlan(ReadOnlySpan<byte> json)
    {
        var plan = JsonSerializer.Deserialize<FaultPlan>(json, Options) ?? throw new JsonException("null is no plan.");
        return plan.Error() is { } error ? throw new JsonException(error) : plan;
    }
}
