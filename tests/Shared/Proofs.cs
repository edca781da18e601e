using System.Reflection;

namespace IotCard.Proving;

/// <summary>Keeps the lines with a proof's counts next to the test assembly, to be printed after the run.</summary>
internal static class Proofs
{
    private static readonly Lock Gate = new();
    private static readonly string Path = System.IO.Path.Combine(AppContext.BaseDirectory, "proofs.txt");
    private static readonly string? Build = typeof(Proofs).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .SingleOrDefault(static a => a.Key == "ClientFramework")?.Value;

    private static bool _begun;

    /// <summary>A line with the name of the client's build, if there is more than one.</summary>
    internal static string Named(string line) => Build is null ? line : $"{line} ({Build})";

    internal static void Note(string proof)
    {
        var line = Named(proof);
        TestContext.Current.TestOutputHelper!.WriteLine(line);
        lock (Gate)
        {
            if (!_begun)
            {
                File.Delete(Path);
                _begun = true;
            }

            File.AppendAllText(Path, line + Environment.NewLine);
        }
    }
}
