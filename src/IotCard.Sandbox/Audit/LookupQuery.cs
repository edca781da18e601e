using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using IotCard.Sandbox.Gateway;

namespace IotCard.Sandbox.Audit;

/// <summary>The parameters of a <c>LookupEvents</c> call, checked as its documentation says.</summary>
internal sealed class LookupQuery
{
    private const string TimeFormat = "yyyy-MM-ddTHH:mm:ssZ";
    private const int MostResults = 50;

    // The default is not documented; this is the documentation's example.
    private const int DefaultResults = 20;

    private static readonly TimeSpan DefaultSpan = TimeSpan.FromDays(7);
    private static readonly TimeSpan MostSpan = TimeSpan.FromDays(30);
    private static readonly TimeSpan Retention = TimeSpan.FromDays(90);

    private readonly LookupAttributes _attributes;
    private readonly bool _oldestFirst;
    private readonly int _maxResults;
    private readonly string _fingerprint;
    private readonly int _skip;

    private LookupQuery(LookupAttributes attributes, bool oldestFirst, int maxResults, string fingerprint, int skip)
    {
        _attributes = attributes;
        _oldestFirst = oldestFirst;
        _maxResults = maxResults;
        _fingerprint = fingerprint;
        _skip = skip;
    }

    public DateTimeOffset Start { get; private init; }

    public DateTimeOffset End { get; private init; }

    /// <summary>Reads the parameters of a call.</summary>
    /// <returns>Null, with <paramref name="query"/> set, or the refusal.</returns>
    public static GatewayRefusal? Read(Call call, DateTimeOffset now, AuditTrailOptions options, out LookupQuery? query)
    {
        query = null;
        if (ReadTimes(call, now, out var start, out var end) is { } badTimes)
        {
            return badTimes;
        }

        if (LookupAttributes.Read(call, options.IgnoresUnknownKeys) is not { } attributes)
        {
            return LookupRefusal.Attributes;
        }

        var direction = call["Direction"] ?? "BACKWARD";
        if (!TryReadMaxResults(call["MaxResults"], out var maxResults) || direction is not ("FORWARD" or "BACKWARD"))
        {
            return LookupRefusal.Parameter;
        }

        var fingerprint = FingerprintOf(call);
        var skip = 0;
        if (call["NextToken"] is { } token && !TryReadToken(token, fingerprint, out skip))
        {
            return LookupRefusal.Token;
        }

        query = new LookupQuery(attributes, direction is "FORWARD", maxResults, fingerprint, skip) { Start = start, End = end };
        return null;
    }

    /// <summary>Selects this page of the events.</summary>
    /// <returns>The page, and the token for the next one; null at the end.</returns>
    public (IReadOnlyList<AuditRecord> Events, string? NextToken) Page(List<AuditRecord> records)
    {
        var matching = records.Where(record => record.Time >= Start && record.Time <= End && _attributes.Match(record));
        var ordered = (_oldestFirst ? matching.OrderBy(record => record.Number) : matching.OrderByDescending(record => record.Number)).ToList();
        var page = ordered.Skip(_skip).Take(_maxResults).ToList();
        var next = _skip + page.Count;
        return (page, next < ordered.Count ? TokenFor(_fingerprint, next) : null);
    }

    public static string Format(DateTimeOffset time) => time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    private static GatewayRefusal? ReadTimes(Call call, DateTimeOffset now, out DateTimeOffset start, out DateTimeOffset end)
    {
        (start, end) = (now - DefaultSpan, now);
        if ((call["StartTime"] is null) != (call["EndTime"] is null))
        {
            return LookupRefusal.Combination;
        }

        if (call["StartTime"] is { } from && !TryReadTime(from, out start))
        {
            return LookupRefusal.StartTime;
        }

        if (call["EndTime"] is { } to && !TryReadTime(to, out end))
        {
            return LookupRefusal.EndTime;
        }

        return end <= start ? LookupRefusal.Combination
            : start > now ? LookupRefusal.InFuture
            : end - start > MostSpan ? LookupRefusal.Span
            : now - start > Retention ? LookupRefusal.TooOld
            : null;
    }

    private static bool TryReadTime(string text, out DateTimeOffset time) =>
        DateTimeOffset.TryParseExact(text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);

    private static bool TryReadMaxResults(string? text, out int maxResults)
    {
        maxResults = DefaultResults;
        return text is null
            || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out maxResults) && maxResults is >= 1 and <= MostResults);
    }

    // A token is for the same lookup only: all other parameters must be unchanged.
    private static string FingerprintOf(Call call)
    {
        string[] names =
        [
            "StartTime", "EndTime", "MaxResults", "Direction",
            "LookupAttribute.1.Key", "LookupAttribute.1.Value", "LookupAttribute.2.Key", "LookupAttribute.2.Value",
        ];
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', names.Select(name => call[name])))).AsSpan(0, 8));
    }

    private static string TokenFor(string fingerprint, int skip) =>
        Convert.ToBase64String(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{fingerprint}:{skip}")));

    private static bool TryReadToken(string token, string fingerprint, out int skip)
    {
        skip = 0;
        var bytes = new byte[token.Length];
        return Convert.TryFromBase64String(token, bytes, out var length)
            && Encoding.ASCII.GetString(bytes, 0, length).Split(':') is [var of, var at]
            && string.Equals(of, fingerprint, StringComparison.Ordinal)
            && int.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out skip);
    }
}
