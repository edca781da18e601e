using IotCard.Client.Platform;

namespace IotCard.Client.Credentials.Profiles;

/// <summary>A profile file as it was read once: whose it was is known of the very file that the text is from.</summary>
/// <param name="Path">The path.</param>
/// <param name="Text">The text.</param>
/// <param name="Trust">Whether somebody else could have written it.</param>
/// <param name="IsReadableByOthers">Whether somebody else can read it.</param>
internal sealed record ProfileText(string Path, string Text, FileTrust Trust, bool IsReadableByOthers)
{
    /// <exception cref="CredentialException"><c>UnreadableFile</c>.</exception>
    internal static ProfileText Read(string path)
    {
        var trust = default(FileTrust);
        var isReadableByOthers = false;
        var text = FileText.Read(path, file =>
        {
            trust = FileTrust.OfFile(path, file);
            isReadableByOthers = FileTrust.IsReadableByOthers(file);
        });
        return new ProfileText(path, text, trust, isReadableByOthers);
    }

    /// <summary>The path; never the text.</summary>
    public override string ToString() => Path;
}
