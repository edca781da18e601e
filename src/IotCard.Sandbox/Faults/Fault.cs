using System.Runtime.InteropServices;
using System.Text.Json.Serialization;

namespace IotCard.Sandbox.Faults;

/// <summary>A scripted fault. A <see cref="FaultKind"/> alone is enough for the kind's usual moment.</summary>
/// <param name="Kind">What goes wrong.</param>
/// <param name="Moment">When; null = the kind's usual moment.</param>
[StructLayout(LayoutKind.Auto)]
[JsonConverter(typeof(FaultJsonConverter))]
public readonly record struct Fault(FaultKind Kind, FaultMoment? Moment = null)
{
    /// <summary>A fault of this kind, at the kind's usual moment.</summary>
    /// <param name="kind">The kind.</param>
    public static implicit operator Fault(FaultKind kind) => FromFaultKind(kind);

    /// <summary>A fault of this kind, at the kind's usual moment.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns>The fault.</returns>
    public static Fault FromFaultKind(FaultKind kind) => new(kind);

    /// <summary>Parses <c>Kind</c> or <c>Kind@Moment</c>, case-insensitively.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The fault.</returns>
    /// <exception cref="FormatException">There is no such kind or moment.</exception>
    public static Fault Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var at = text.IndexOf('@', StringComparison.Ordinal);
        return at < 0
            ? new Fault(ParseName<FaultKind>(text))
            : new Fault(ParseName<FaultKind>(text[..at]), ParseName<FaultMoment>(text[(at + 1)..]));
    }

    /// <summary>The form that <see cref="Parse"/> accepts.</summary>
    /// <returns><c>Kind</c> or <c>Kind@Moment</c>.</returns>
    public override string ToString() => Moment is { } moment ? $"{Kind}@{moment}" : Kind.ToString();

    internal static T ParseName<T>(string name) where T : struct, Enum =>
        // Enum.TryParse alone would also accept numbers and lists.
        name.All(char.IsAsciiLetter) && Enum.TryParse<T>(name, ignoreCase: true, out var value)
            ? value
            : throw new FormatException($"'{name}' is none of {string.Join(", ", Enum.GetNames<T>())}.");
}
