using System.Globalization;
using IotCard.Sandbox.Gateway;

namespace IotCard.Sandbox.Audit;

/// <summary>
/// The conditions of a lookup, with the documented rules: names and values match exactly; of more than two conditions
/// the first two count, of two with the same key the second.
/// </summary>
internal sealed class LookupAttributes
{
    private const int Most = 2;

    private static readonly HashSet<string> Keys = new(StringComparer.Ordinal)
    {
        "ServiceName", "EventName", "User", "EventId", "ResourceType", "ResourceName", "EventRW", "EventAccessKeyId",
        "SensitiveAction", "SourceIpAddress", "EventType", "RoleName", "PrincipalId",
    };

    private static readonly Dictionary<string, string[]> Pairs = new(StringComparer.Ordinal)
    {
        ["ServiceName"] = ["EventName", "User", "PrincipalId", "RoleName", "ResourceName", "EventRW", "SensitiveAction", "EventType"],
        ["ResourceName"] = ["ResourceType", "EventName", "User", "RoleName", "ServiceName"],
        ["EventType"] = ["EventName"],
    };

    private readonly IReadOnlyDictionary<string, string> _conditions;

    private LookupAttributes(IReadOnlyDictionary<string, string> conditions) => _conditions = conditions;

    /// <summary>Reads the conditions.</summary>
    /// <returns>Null if a key, or the pair of keys, is not supported.</returns>
    public static LookupAttributes? Read(Call call, bool ignoresUnknownKeys)
    {
        var conditions = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 1; i <= Most; i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"LookupAttribute.{i}.");
            if (call[name + "Key"] is { } key)
            {
                conditions[key] = call[name + "Value"] ?? "";
            }
        }

        var isKnown = conditions.Keys.All(Keys.Contains);
        if (!isKnown && !ignoresUnknownKeys)
        {
            return null;
        }

        return !isKnown || conditions.Count < Most || IsPair([.. conditions.Keys]) ? new LookupAttributes(conditions) : null;
    }

    public bool Match(AuditRecord record) => _conditions.All(condition => string.Equals(ValueOf(record, condition.Key), condition.Value, StringComparison.Ordinal));

    private static bool IsPair(string[] keys) =>
        (Pairs.TryGetValue(keys[0], out var others) && others.Contains(keys[1], StringComparer.Ordinal))
        || (Pairs.TryGetValue(keys[1], out others) && others.Contains(keys[0], StringComparer.Ordinal));

    private static string? ValueOf(AuditRecord record, string key) => key switch
    {
        "ServiceName" => AuditEventFormat.ServiceName,
        "EventName" => ActionCatalog.BindingAction,
        "User" => AuditEventFormat.UserName,
        "EventId" => record.EventId,
        "EventRW" => "Write",
        "EventType" => "ApiCall",
        "EventAccessKeyId" => record.AccessKey.Id,
        "SourceIpAddress" => AuditEventFormat.SourceAddress,
        _ => null,
    };
}
