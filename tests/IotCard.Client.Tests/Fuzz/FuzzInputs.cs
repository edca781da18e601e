using System.Globalization;

namespace IotCard.Client.Tests.Fuzz;

/// <summary>
/// How many inputs a fuzz test makes, and from which seed: by the variables IOTCARD_FUZZ_INPUTS and IOTCARD_FUZZ_SEED,
/// else few enough for every run, and from another seed each time. A failed test prints it.
/// </summary>
internal static class FuzzInputs
{
    private static readonly int Given = Read("IOTCARD_FUZZ_SEED") ?? Random.Shared.Next();

    internal static int CountOr(int few) => Read("IOTCARD_FUZZ_INPUTS") ?? few;

    /// <summary>The seed of one test.</summary>
    /// <param name="test">A number of its own, so that tests do not make the same inputs.</param>
    internal static int Seed(int test)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"IOTCARD_FUZZ_SEED={Given}");
        return unchecked((Given * 397) ^ test);
    }

    private static int? Read(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : null;
}
