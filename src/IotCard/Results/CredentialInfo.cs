using System.Management.Automation;
using IotCard.Client.Credentials.Resolution;
using IotCard.Client.Sanitizing;
using IotCard.Client.Signing;

namespace IotCard;

/// <summary>What was found at one source of credentials. It contains no secret.</summary>
public sealed class CredentialInfo
{
    private readonly DateTimeOffset? _expiration;

    internal CredentialInfo(CredentialFinding finding, string reason)
    {
        Source = finding.Source.ToString();
        State = finding.State.ToString();
        Profile = SafeText.Clean(finding.Profile);
        AccessKeyId = SafeText.Clean(finding.MaskedAccessKeyId);
        HasToken = finding.IsTemporary;
        _expiration = finding.Expiration;
        Path = SafeText.Clean(finding.Path);
        Reason = SafeText.CleanCell(reason);
    }

    internal CredentialInfo(string source, Credential credential)
    {
        Source = SafeText.Clean(source);
        State = nameof(CredentialFindingState.Used);
        AccessKeyId = SafeText.Clean(credential.MaskedAccessKeyId);
        HasToken = credential.IsTemporary;
        _expiration = credential.Expiration;
    }

    /// <summary>The source: <c>Environment</c>, <c>CliProfile</c> and so on, in the order of the official chain.</summary>
    public string Source { get; }

    /// <summary><c>Used</c>, <c>Superseded</c> (found, but an earlier source comes first), <c>Skipped</c> (nothing there) or <c>Failed</c>.</summary>
    public string State { get; }

    /// <summary>The profile or section, if the source has one.</summary>
    public string? Profile { get; }

    /// <summary>The AccessKey ID, its middle masked, if one was found.</summary>
    public string? AccessKeyId { get; }

    /// <summary>Whether it has a security token; null if unknown.</summary>
    public bool? HasToken { get; }

    /// <summary>When it expires: a <see cref="DateTime"/> in UTC; null if it does not, or that is unknown.</summary>
    public PSObject? Expiration => _expiration is { } time ? PortableValue.Time(time) : null;

    /// <summary>The file, if the source is one.</summary>
    public string? Path { get; }

    /// <summary>Why it is used, superseded, skipped or failed.</summary>
    public string? Reason { get; }
}
