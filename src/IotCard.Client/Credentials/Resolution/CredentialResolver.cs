using IotCard.Client.Credentials.Profiles;
using IotCard.Client.Signing;

namespace IotCard.Client.Credentials.Resolution;

/// <summary>
/// Finds the credential that a user already has, by the official convention: a named profile, or the official default
/// chain (environment, OIDC, CLI profile, ini profile, ECS instance role, credentials URI).
/// </summary>
/// <remarks>
/// As in the official libraries, a source of the chain that returns no credential, for whatever reason, is skipped for
/// the next one; if it is set up, a warning says so. Once chosen, a source stays chosen: a provider never switches to
/// another account.
/// </remarks>
internal sealed class CredentialResolver
{
    private readonly CredentialContext _context;
    private readonly CredentialWarnings _warnings = new();

    /// <summary>Creates a resolver.</summary>
    /// <param name="context">What the search depends on; null for the real environment.</param>
    public CredentialResolver(CredentialContext? context = null) => _context = context ?? new CredentialContext();

    /// <summary>The warnings for the user, collected so far by this resolver; each once.</summary>
    public IReadOnlyList<CredentialWarning> Warnings => _warnings.Snapshot;

    /// <summary>Finds a credential and requests it from its source, so that the provider is known to work.</summary>
    /// <param name="profileName">
    /// A profile of the CLI's <c>config.json</c>, else a section of the SDKs' shared file; null or empty for the default chain.
    /// </param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>The provider of the credential.</returns>
    /// <exception cref="CredentialException">
    /// <c>ProfileNotFound</c>: no file has a profile of that name; another account is never taken instead.
    /// <c>CredentialNotFound</c>: no source of the chain gave one; the message says why for each. Else what is wrong
    /// with the named profile: see <see cref="CredentialErrorCode"/>.
    /// </exception>
    public async Task<ICredentialProvider> ResolveAsync(string? profileName, CancellationToken cancellationToken)
    {
        var chain = new CredentialChain(_context, _warnings);
        if (!string.IsNullOrEmpty(profileName))
        {
            var candidate = chain.Named(profileName!);
            var provider = candidate.Provider ?? throw candidate.Error!;
            await provider.GetCredentialAsync(cancellationToken).ConfigureAwait(false);
            return provider;
        }

        var passed = new List<CredentialFinding>();
        foreach (var candidate in chain.Default())
        {
            var finding = await AskAsync(candidate, cancellationToken).ConfigureAwait(false);
            if (finding.State == CredentialFindingState.Used)
            {
                _warnings.SourcesFailed(passed);
                return candidate.Provider!;
            }

            passed.Add(finding);
        }

        throw new CredentialException(
            CredentialErrorCode.CredentialNotFound, NotFound(passed));
    }

    /// <summary>Examines the sources in the order of the chain: which would be used, and why.</summary>
    /// <param name="profileName">As in <see cref="ResolveAsync"/>; with a name, the sources are the two files.</param>
    /// <param name="all">
    /// Whether to continue past the source that is used. The following ones are not queried: no network, no command.
    /// With a name, whether to include the file that has no such profile.
    /// </param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>The findings, up to and including the source that is used, or all. None is <c>Used</c> if there is no credential.</returns>
    /// <exception cref="CredentialException"><c>ProfileNotFound</c>.</exception>
    public async Task<IReadOnlyList<CredentialFinding>> ExamineAsync(
        string? profileName, bool all, CancellationToken cancellationToken)
    {
        var chain = new CredentialChain(_context, _warnings);
        var findings = new List<CredentialFinding>();
        var used = default(CredentialSource?);
        var isNamed = !string.IsNullOrEmpty(profileName);
        foreach (var candidate in !isNamed ? chain.Default() : all ? chain.Places(profileName!) : [chain.Named(profileName!)])
        {
            if (used is { } earlier)
            {
                findings.Add(Inspect(candidate, earlier));
                continue;
            }

            var finding = await AskAsync(candidate, cancellationToken).ConfigureAwait(false);
            findings.Add(finding);
            if (finding.State == CredentialFindingState.Used && !all)
            {
                break;
            }

            // A named profile is used or fails: another one of that name does not replace it.
            if (finding.State == CredentialFindingState.Used || (isNamed && finding.State == CredentialFindingState.Failed))
            {
                used = candidate.Source;
            }
        }

        return findings;
    }

    /// <summary>Explains why none of the sources returned a credential: what is wrong with those that are set up.</summary>
    /// <param name="findings">What was found there.</param>
    /// <returns>A sentence or two.</returns>
    public static LocalizableMessage NotFound(IEnumerable<CredentialFinding> findings)
    {
        var reasons = findings
            .Where(static f => f.State == CredentialFindingState.Failed)
            .Select(static f => new LocalizableMessage("SourceReason", $"{CredentialChain.Name(f.Source)}: {f.Words}"))
            .ToList();
        if (reasons.Count == 0)
        {
            return new LocalizableMessage("CredentialNotFound", $"No credential was found: none of its sources is set up on this machine.");
        }

        var all = reasons.Aggregate(static (before, next) => new LocalizableMessage("SourceReasons", $"{before}; {next}"));
        return new LocalizableMessage("NoSourceWorks", $"No credential was found. {all}.");
    }

    /// <summary>Describes where a provider's credential comes from, for translation.</summary>
    /// <param name="provider">The provider.</param>
    /// <returns>Its <see cref="ICredentialProvider.Source"/>.</returns>
    public static LocalizableMessage Describe(ICredentialProvider provider)
    {
        ArgumentNullException.ThrowIfNull(provider);

        return provider switch
        {
            StaticCredentialProvider { Words: { } words } => words,
            RenewingCredentialProvider renewing => renewing.Words,
            _ => LocalizableMessage.FromText(provider.Source),
        };
    }

    /// <summary>Lists the profiles of both files for completion: fast, without the network, and never with an error.</summary>
    /// <returns>The names, each once, in the order of the files.</returns>
    public IReadOnlyList<string> ProfileNames()
    {
        var files = new ProfileFiles(_context);
        var cli = Names(() => files.CliSkipReason is null ? [.. CliConfigFile.Read(files.CliPath).Names] : []);
        var ini = Names(() => files.IniSkipReason is null ? IniFile.Read(files.IniPath).Names : []);
        return cli.Concat(ini).Distinct(StringComparer.Ordinal).ToArray();

        static IReadOnlyList<string> Names(Func<IReadOnlyList<string>> read)
        {
            try
            {
                return read();
            }
            catch (CredentialException)
            {
                return [];
            }
        }
    }

    private async Task<CredentialFinding> AskAsync(CredentialCandidate candidate, CancellationToken cancellationToken)
    {
        if (candidate.SkipReason is { } absence)
        {
            return Finding(candidate, CredentialFindingState.Skipped, absence);
        }

        try
        {
            var provider = candidate.Provider ?? throw candidate.Error!;
            var credential = await provider.GetCredentialAsync(cancellationToken).ConfigureAwait(false);
            return Finding(candidate, CredentialFindingState.Used, Describe(provider), credential);
        }
        catch (CredentialException e) when (
            candidate.Source == CredentialSource.EcsInstanceRole
            && string.Equals(e.Code, CredentialErrorCode.MetadataUnavailable, StringComparison.Ordinal)
            && _context.Variable(EnvironmentVariables.EcsMetadata) is null)
        {
            return Finding(candidate, CredentialFindingState.Skipped, new LocalizableMessage("NoEcsInstance", $"this is no ECS instance: the metadata service does not respond"));
        }
        catch (CredentialException e)
        {
            return Failed(candidate, e);
        }
    }

    private static CredentialFinding Inspect(CredentialCandidate candidate, CredentialSource used)
    {
        var not = new LocalizableMessage("ComesFirst", $"{CredentialChain.Name(used)} comes first");
        return candidate switch
        {
            { SkipReason: { } reason } => Finding(candidate, CredentialFindingState.Skipped, reason),
            { Error: { } error } => Failed(candidate, error),
            { Source: CredentialSource.EcsInstanceRole } =>
                Finding(candidate, CredentialFindingState.Superseded, new LocalizableMessage("EcsNotAsked", $"{not}; whether this is an ECS instance was not checked")),
            _ => Finding(candidate, CredentialFindingState.Superseded, not, Known(candidate.Provider!)),
        };
    }

    /// <summary>The credential, if it is known without asking anyone.</summary>
    private static Credential? Known(ICredentialProvider provider) => provider switch
    {
        StaticCredentialProvider lasting => lasting.Current,
        RenewingCredentialProvider renewing => renewing.Current,
        _ => null,
    };

    private static CredentialFinding Failed(CredentialCandidate candidate, CredentialException failure) =>
        Finding(candidate, CredentialFindingState.Failed, failure.Words ?? LocalizableMessage.FromText(failure.Message), errorCode: failure.Code);

    private static CredentialFinding Finding(
        CredentialCandidate candidate, CredentialFindingState state, LocalizableMessage words, Credential? credential = null, string? errorCode = null) =>
        new(candidate.Source, state, words)
        {
            ErrorCode = errorCode,
            Profile = candidate.Profile,
            Path = candidate.Path,
            MaskedAccessKeyId = credential?.MaskedAccessKeyId,
            IsTemporary = credential?.IsTemporary,
            Expiration = credential?.Expiration,
        };
}
