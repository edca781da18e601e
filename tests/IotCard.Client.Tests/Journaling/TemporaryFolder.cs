namespace IotCard.Client.Tests.Journaling;

/// <summary>A folder for the files of one test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    internal string Path => _folder.FullName;

    /// <summary>Where the test's journal is.</summary>
    internal string Journal => System.IO.Path.Combine(Path, "job.jsonl");

    public void Dispose() => _folder.Delete(recursive: true);
}
