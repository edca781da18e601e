using IotCard.Client.Credentials.Profiles;

namespace IotCard.Client.Credentials.Resolution;

/// <summary>Collects warnings, each once.</summary>
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

    internal void FileHoldsSecret(ProfileText file)
    {
        if (file.IsReadableByOthers)
        {
            Add(new CredentialWarning(
                CredentialWarningCode.FileReadableByOthers,
                file.Path,
                new LocalizableMessage("FileReadableByOthers", $"{file.Path} holds a secret and can be read by other users of this machine. {TrustText.ReadingRemedy(file.Path)}")));
        }
    }

    /// <summary>Anyone who can change a profile file chooses the account that is used and the program that is run.</summary>
    internal void FileIsRead(ProfileText file)
    {
        if (!file.Trust.IsTrusted)
        {
            Add(new CredentialWarning(
                CredentialWarningCode.FileWritableByOthers,
                file.Path,
                new LocalizableMessage("FileWritableByOthers", $"Other users of this machine may be able to change {file.Path}: {TrustText.Describe(file.Trust)}. {TrustText.Remedy}")));
        }
    }

    internal void VariablesDiffer(string used, string ignored) =>
        Add(new CredentialWarning(
            CredentialWarningCode.VariablesDiffer,
            path: null,
            new LocalizableMessage("VariablesDiffer", $"{used} and {ignored} have different values; {used} is used, as the vendor's command line does")));

    internal void SourcesFailed(IEnumerable<CredentialFinding> passed)
    {
        foreach (var finding in passed.Where(static f => f.State == CredentialFindingState.Failed))
        {
            Add(new CredentialWarning(
                CredentialWarningCode.SourceFailed,
                finding.Path,
                new LocalizableMessage("SourceFailed", $"{CredentialChain.Name(finding.Source)} is set up but gave no credential, so a later source is used. {finding.Words}.")));
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
