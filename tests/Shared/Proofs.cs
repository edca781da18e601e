namespace IotCard.Proving;

/// <summary>Keeps the lines that a proof counts up, beside the test assembly, for whoever prints them after the run.</summary>
internal static class Proofs
{
    private static readonly Lock Gate = new();
    private static readonly string Path = System.IO.Path.Combine(AppContext.BaseDirectory, "proofs.txt");
    private static bool _begun;

    internal static void Note(string line)
    {
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
