using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Management.Automation;

namespace IotCard;

/// <summary>
/// A value that is its plain .NET self in every expression, and whose text in a file is the same in every culture.
/// <c>Export-Csv</c> writes what <see cref="ToString"/> of a property's value returns, which for a plain time or number
/// depends on the current culture and reads back elsewhere as something else, or not at all. Everything else in
/// PowerShell (methods, <c>-f</c>, sorting, <c>ConvertTo-Json</c>) looks at the value inside.
/// </summary>
[SuppressMessage("Design", "MA0097", Justification = "PowerShell compares the values inside; no code compares the wrappers.")]
internal sealed class PortableValue : PSObject
{
    private readonly string _text;

    private PortableValue(object value, string text)
        : base(value) => _text = text;

    /// <summary>A <see cref="DateTime"/> in UTC, such as <c>2026-11-24T08:00:00.0000000Z</c>. Unlike a
    /// <see cref="DateTimeOffset"/>, it survives <c>Export-Clixml</c> and jobs as what it is.</summary>
    internal static PortableValue Time(DateTimeOffset time) => new(time.UtcDateTime, time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));

    /// <summary>A number of seconds to the millisecond, such as <c>0.167</c>.</summary>
    internal static PortableValue Seconds(TimeSpan time)
    {
        var seconds = Math.Round(time.TotalSeconds, 3);
        return new PortableValue(seconds, seconds.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>The text for a file.</summary>
    public override string ToString() => _text;
}
