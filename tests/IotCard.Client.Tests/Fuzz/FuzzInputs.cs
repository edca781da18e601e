using System.Globalization;

namespace IotCard.Client.Tests.Fuzz;

/// <summary>The number of inputs of each fuzz test: the variable IOTCARD_FUZZ_INPUTS, or else few enough for every run.</summary>
internal static class FuzzInputs
{
    internal static int CountOr(int few) =>
        int.TryParse(Environment.GetEnvironmentVariable("IOTCARD_FUZZ_INPUTS"), NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : few;
}
