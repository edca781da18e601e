using System.Globalization;
using IotCard.Sandbox.Faults;

namespace IotCard.Sandbox.Serve;

/// <summary>Parses <c>--outage KIND[,after=N][,seconds=S][,attempts=M]</c>.</summary>
internal static class OutageText
{
    /// <exception cref="FormatException">The text is invalid.</exception>
    public static Outage Parse(string text)
    {
        var parts = text.Split(',');
        var outage = new Outage { Kind = ParseKind(parts[0]) };
        foreach (var part in parts[1..])
        {
            outage = part.Split('=', 2) switch
            {
                ["after", var number] => outage with { AfterExecuted = Number(part, number) },
                ["seconds", var number] => outage with { Duration = TimeSpan.FromSeconds(Number(part, number)) },
                ["attempts", var number] => outage with { Attempts = Number(part, number) },
                _ => throw NotRead(part),
            };
        }

        return outage.Error() is { } error ? throw new FormatException("--outage: " + error) : outage;
    }

    private static OutageKind ParseKind(string name)
    {
        try
        {
            return Fault.ParseName<OutageKind>(name);
        }
        catch (FormatException exception)
        {
            throw new FormatException("--outage: " + exception.Message, exception);
        }
    }

    private static int Number(string part, string number) =>
        int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : throw NotRead(part);

    private static FormatException NotRead(string part) =>
        new($"--outage takes KIND[,after=N][,seconds=S][,attempts=M], with whole numbers; '{part}' is not one of these.");
}
