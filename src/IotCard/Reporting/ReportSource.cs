using System.Globalization;
using System.Security.Cryptography;
using IotCard.Client.Journaling;
using IotCard.Client.Sanitizing;

namespace IotCard.Reporting;

/// <summary>A journal that a report was made from.</summary>
/// <param name="Path">The file.</param>
/// <param name="Sha256">The SHA-256 of the file as it was read, as <c>Get-FileHash</c> writes it.</param>
/// <param name="Operation">Its operation; null for a journal without a complete line.</param>
/// <param name="Endpoint">The service; null for a journal without a complete line.</param>
/// <param name="Runs">Its runs.</param>
internal sealed record ReportSource(string Path, string Sha256, string? Operation, Uri? Endpoint, IReadOnlyList<JournalRun> Runs)
{
    /// <summary>Whether its requests stayed on their machine.</summary>
    internal bool IsPractice => Endpoint is { IsLoopback: true };

    internal static ReportSource From(JournalDetails journal) =>
        new(SafeText.Clean(journal.Path), HashOf(journal.Path), journal.Job?.Operation.ToString(), journal.Job?.Endpoint, journal.Runs);

    private static string HashOf(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var hash = SHA256.Create();
        return string.Concat(hash.ComputeHash(file).Select(static b => b.ToString("X2", CultureInfo.InvariantCulture)));
    }
}
