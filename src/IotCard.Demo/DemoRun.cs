using IotCard.Sandbox;

namespace IotCard.Demo;

/// <summary>A first session in PowerShell against a sandbox in this process, or a prompt for experiments.</summary>
internal static class DemoRun
{
    private const string Script = "first-session.ps1";
    private const string Cards = "cards.csv";
    private const string Results = "result.csv";

    public static async Task<int> RunAsync(bool interactive, CancellationToken cancellationToken)
    {
        PowerShellTool tool;
        try
        {
            tool = await PowerShellTool.RestoreAsync(Console.Out, cancellationToken);
        }
        catch (InvalidOperationException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 1;
        }

        var folder = Directory.CreateTempSubdirectory("iotcard-demo-");
        try
        {
            var examples = Path.Combine(BuildInformation.RepositoryRoot, "docs", "examples");
            foreach (var file in Directory.GetFiles(examples))
            {
                File.Copy(file, Path.Combine(folder.FullName, Path.GetFileName(file)));
            }

            await using var sandbox = await SandboxService.StartAsync(new SandboxOptions(), cancellationToken);
            var shell = new DemoShell(tool, folder.FullName, sandbox.Endpoint, SandboxOptions.DefaultAccessKey);
            if (interactive)
            {
                return await shell.PromptAsync();
            }

            await shell.TypeAsync(await File.ReadAllLinesAsync(Path.Combine(folder.FullName, Script), cancellationToken), cancellationToken);
            return Report(Path.Combine(folder.FullName, Cards), Path.Combine(folder.FullName, Results), sandbox);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static int Report(string cards, string results, SandboxService sandbox)
    {
        if (!File.Exists(results))
        {
            Console.WriteLine($"demo: the session did not get as far as {Results}");
            return 1;
        }

        var check = DemoCheck.From(cards, results, sandbox);
        var count = $"demo: {check.Cards} cards, {check.Succeeded} succeeded, {check.Failed} failed, {check.Unknown} unknown";
        if (check.Differences.Count == 0)
        {
            Console.WriteLine($"{count}; the sandbox agrees");
            return 0;
        }

        foreach (var difference in check.Differences)
        {
            Console.WriteLine(difference);
        }

        Console.WriteLine($"{count}; the sandbox differs in {check.Differences.Count} places");
        return 1;
    }
}
