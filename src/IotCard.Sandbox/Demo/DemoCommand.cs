using System.CommandLine;
using System.Reflection;

namespace IotCard.Sandbox.Demo;

/// <summary><c>demo</c>: runs the first session of docs/examples in the real engine against a sandbox in process.</summary>
internal static class DemoCommand
{
    private const string Script = "first-session.ps1";
    private const string Cards = "cards.csv";
    private const string Results = "result.csv";

    public static Command Create()
    {
        var command = new Command("demo", "Rebinds and unbinds a dozen cards in a real PowerShell session and checks every result.");
        command.SetAction((_, cancellationToken) => RunAsync(cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var module = Metadata("ModulePath");
        var examples = Metadata("ExamplesPath");
        var folder = Directory.CreateTempSubdirectory("iotcard-demo-");
        try
        {
            foreach (var name in new[] { Script, Cards })
                File.Copy(Path.Combine(examples, name), Path.Combine(folder.FullName, name));

            var options = new SandboxOptions();
            await using var sandbox = await SandboxService.StartAsync(options, cancellationToken);
            using (var session = DemoSession.Open(module, folder.FullName, sandbox.Endpoint, options.AccessKeys.First()))
            {
                if (!session.Run(Path.Combine(folder.FullName, Script), cancellationToken))
                    return 1;
            }

            return Report(DemoCheck.Of(Path.Combine(folder.FullName, Cards), Path.Combine(folder.FullName, Results), sandbox));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static int Report(DemoCheck check)
    {
        var count = $"demo: {check.Cards} cards, {check.Succeeded} succeeded, {check.Failed} failed, {check.Unknown} unknown";
        if (check.Differences.Count == 0)
        {
            Console.WriteLine($"{count}; the sandbox agrees");
            return 0;
        }

        foreach (var difference in check.Differences)
            Console.WriteLine(difference);
        Console.WriteLine($"{count}; the sandbox differs in {check.Differences.Count} places");
        return 1;
    }

    private static string Metadata(string key) =>
        typeof(DemoCommand).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;
}
