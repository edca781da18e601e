using System.Globalization;
using System.Management.Automation;
using System.Reflection;

namespace IotCard;

/// <summary>
/// A <see cref="DateTimeOffset"/> whose text is <c>2026-11-24T08:00:00.0000000Z</c> in every culture. Export-Csv writes
/// a property's <c>ToString()</c>, which otherwise depends on the current culture, and neither sorts nor reads back
/// elsewhere.
/// </summary>
internal static class RoundTripTime
{
    private static readonly MethodInfo Text = typeof(RoundTripTime).GetMethod(nameof(Write), BindingFlags.Public | BindingFlags.Static)!;

    /// <summary>Wraps a time. It compares, subtracts and formats like the time itself.</summary>
    internal static PSObject Create(DateTimeOffset time)
    {
        var value = new PSObject(time.ToUniversalTime());
        value.Methods.Add(new PSCodeMethod(nameof(ToString), Text));
        return value;
    }

    /// <summary>The text, for PowerShell.</summary>
    public static string Write(PSObject value) => ((DateTimeOffset)value.BaseObject).UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
}
