namespace IotCard.Client.Credentials;

/// <summary>Gathers warnings, each once.</summary>
internal sealed class CredentialWarnings
{
    private readonly object _gate = new();
    private readonly List<CredentialWarning> _warnings = [];

    internal IReadOnlyList<CredentialWarning> Snapshot
    {
        get
        {
            lock (_gate)
            {
                return _warnings.ToArray();
            }
        }
    }

    internal void FileHoldsSecret(string path)
    {
        if (FilePermissions.IsReadableByOthers(path))
        {
            Add(new CredentialWarning(
                CredentialWarningCode.FileReadableByOthers,
                path,
                new LocalizableMessage("FileReadableByOthers", $"{path} holds a secret and can be read by other users of this machine. Take that away: chmod 600")));
        }
    }

    internal void SourcesFailed(IEnumerable<CredentialFinding> passed)
    {
        foreach (var finding in passed.Where(static f => f.State == CredentialFindingState.Failed))
        {
            Add(new CredentialWarning(
                CredentialWarningCode.SourceFailed,
                finding.Path,
                new LocalizableMessage("SourceFailed", $"{CredentialChain.Name(finding.Source)} is set up but gave no credential, and a later source is used. {finding.Words}.")));
        }
    }

    private void Add(CredentialWarning warning)
    {
        lock (_gate)
        {
            if (!_warnings.Exists(w => string.Equals(w.Message, warning.Message, StringComparison.Ordinal)))
            {
                _warnings.Add(warning);
            }
        }
    }
}
