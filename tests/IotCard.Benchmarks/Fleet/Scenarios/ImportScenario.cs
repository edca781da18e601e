using System.Globalization;
using IotCard.Benchmarks.Subjects;

namespace IotCard.Benchmarks.Fleet.Scenarios;

/// <summary>An import in a fresh shell.</summary>
internal sealed class ImportScenario : IScenario
{
    public string Name => "import";

    public async Task<IReadOnlyList<Comparison>> MeasureAsync(Harness harness)
    {
        Func<Task<IterationResult>> ours = () => ImportAsync(harness, "Import.IotCard", harness.Manifest);
        Func<Task<IterationResult>> empty = () => ImportAsync(harness, "Import.EmptyModule", ModuleUnderTest.EmptyManifest);

        // The first run fills PowerShell's caches.
        await ours();
        await empty();
        var series = await harness.AlternateAsync(harness.Scale.Imports, ours, empty);
        return
        [
            Comparison.OfMilliseconds(
                "import in a fresh shell, against an empty module of manifest and DLL", Goal.AtMost(1.5), series[0].Seconds, series[1].Seconds),
        ];
    }

    private static async Task<IterationResult> ImportAsync(Harness harness, string cache, string manifest)
    {
        var (output, _) = await Shell.RunAsync(harness.Shell.StartInfo("Import", cache, manifest));
        return new IterationResult(double.Parse(output, CultureInfo.InvariantCulture));
    }
}
