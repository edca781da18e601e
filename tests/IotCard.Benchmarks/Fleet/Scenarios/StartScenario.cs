using System.Diagnostics;
using System.Globalization;
using IotCard.Benchmarks.Shells;
using IotCard.Benchmarks.Subjects;

namespace IotCard.Benchmarks.Fleet.Scenarios;

/// <summary>Fresh shells: whole processes with one card, over HTTP and over TLS, and the import.</summary>
internal sealed class StartScenario : IScenario
{
    private const string Title = "one card in a fresh shell, whole process";
    private const string Against = "against a hand-made script";

    private static readonly Workload OneCard = new(1);
    private static readonly Goal WallGoal = Goal.AtMost(1.02);

    public string Name => "start";

    public async Task<ScenarioResult> MeasureAsync(Harness harness)
    {
        // Only there do SSL_CERT_FILE and .NET agree.
        var certificate = OperatingSystem.IsLinux() ? ServiceCertificate.Create(harness.NewPath("pem"), harness.NewPath("pem")) : null;
        List<Func<Task<IterationResult>>> subjects =
        [
            () => OursAsync(certificate: null),
            () => ByHandAsync(certificate: null),
            () => ImportAsync(harness, "Import.IotCard", harness.Manifest),
            () => ImportAsync(harness, "Import.EmptyModule", ModuleUnderTest.EmptyManifest),
            () => SendAsync(harness, null, "CardsBare", "-ModulePath", ModuleUnderTest.BareManifest),
            async () => (await Shell.RunAsync(harness.Shell.StartInfo("Nothing", "Nothing"))).Taken,
        ];
        if (certificate is not null)
        {
            subjects.AddRange([() => OursAsync(certificate), () => ByHandAsync(certificate)]);
        }

        // The first run fills PowerShell's caches, the second uses them.
        await harness.AlternateAsync(repeats: 2, [.. subjects]);
        var series = await harness.AlternateAsync(harness.Scale.FreshRepeats, [.. subjects]);
        var (ours, byHand, bare, nothing) = (series[0], series[1], series[4], series[5]);
        return new ScenarioResult(
        [
            Comparison.OfMilliseconds($"{Title}, {Against}", WallGoal, ours.Seconds, byHand.Seconds),
            Comparison.OfMilliseconds($"{Title}, {Against}: CPU", Goal.AtMost(0.95), ours.CpuSeconds, byHand.CpuSeconds),
            .. OverTls(series),
            Comparison.OfMilliseconds("the same card with a module that only signs and sends, against the script", null, bare.Seconds, byHand.Seconds),
            Comparison.OfMilliseconds("the same: CPU", null, bare.CpuSeconds, byHand.CpuSeconds),
            Comparison.OfMilliseconds("a shell that does nothing, against the script", null, nothing.Seconds, byHand.Seconds),
            Comparison.OfMilliseconds("import in a fresh shell, against an empty module of manifest and DLL", Goal.AtMost(1.4), series[2].Seconds, series[3].Seconds),
        ]);

        Task<IterationResult> OursAsync(ServiceCertificate? certificate) => SendAsync(harness, certificate, "Cards", "-ModulePath", harness.Manifest);

        Task<IterationResult> ByHandAsync(ServiceCertificate? certificate) => SendAsync(harness, certificate, "CardsByHand");
    }

    private static IReadOnlyList<Comparison> OverTls(Series[] series) => series.Length < 8
        ? [new Comparison($"{Title}, over TLS, {Against}", WallGoal) { Skipped = "SSL_CERT_FILE works only on Linux" }]
        :
        [
            Comparison.OfMilliseconds($"{Title}, over TLS, {Against}", WallGoal, series[6].Seconds, series[7].Seconds),
            Comparison.OfMilliseconds($"{Title}, over TLS, {Against}: CPU", null, series[6].CpuSeconds, series[7].CpuSeconds),
        ];

    private static async Task<IterationResult> SendAsync(
        Harness harness, ServiceCertificate? certificate, string script, params IEnumerable<string> arguments)
    {
        var endpoint = await harness.StartSandboxAsync(OneCard.Cards, certificate: certificate);
        var start = harness.Shell.StartInfo(
            script, script + endpoint.Scheme, ["-Endpoint", endpoint.ToString(), "-Path", harness.RowsPath(OneCard), .. arguments]);
        Trust(certificate, start);
        var (taken, _) = await Shell.RunAsync(start);
        await harness.StopSandboxAsync(OneCard, inFlight: 1);
        return taken;
    }

    private static void Trust(ServiceCertificate? certificate, ProcessStartInfo start)
    {
        if (certificate is not null)
        {
            start.Environment["SSL_CERT_FILE"] = certificate.CertificatePath;
        }
    }

    private static async Task<IterationResult> ImportAsync(Harness harness, string cache, string manifest)
    {
        var (_, output) = await Shell.RunAsync(harness.Shell.StartInfo("Import", cache, manifest));
        return new IterationResult(double.Parse(output, CultureInfo.InvariantCulture));
    }
}
