using System.Globalization;
using IotCard.Sandbox.Faults;

namespace IotCard.Sandbox.Serve;

/// <summary>Parses <c>--fault KIND=RATE</c>.</summary>
internal static class FaultRates
{
    /// <exception cref="FormatException">A text is invalid, or the rates add up to more than 1.</exception>
    public static FaultPlan Parse(string[] texts, int seed)
    {
        var rates = new Dictionary<FaultKind, double>();
        foreach (var text in texts)
        {
            if (text.Split('=', 2) is not [var name, var number]
                || !double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var rate))
            {
                throw new FormatException($"--fault takes KIND=RATE, with a rate from 0 to 1; '{text}' is not that.");
            }

            var given = Enum.TryParse<FaultGroups>(name, ignoreCase: true, out var groups) && groups is not FaultGroups.None && name.All(char.IsAsciiLetter)
                ? FaultPlan.Mixed(rate, groups: groups).Rates
                : new Dictionary<FaultKind, double> { [Fault.ParseName<FaultKind>(name)] = rate };
            foreach (var (kind, share) in given)
            {
                rates[kind] = share;
            }
        }

        var plan = new FaultPlan { Seed = seed, Rates = rates };
        return plan.Error() is { } error ? throw new FormatException("--fault: " + error) : plan;
    }
}
