using System.Globalization;

namespace IotCard.Client.Tests.Fuzz;

/// <summary>How many inputs each fuzz test makes: as many as the variable IOTCARD_FUZZ_INPUTS says, else few enough for every run.</summary>
internal static class FuzzInputs
{
    internal static int CountOr(int few) =>
        int.TryParse(Environment.GetEnvironmentVariable("IOTCARD_FUZZ_INPUTS"), NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : few;
}
