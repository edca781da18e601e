using IotCard.Client.Credentials.Profiles;

namespace IotCard.Client.Credentials;

/// <summary>
/// Finds the credential that a user already has, by the official convention: a profile by its name, or the official
/// default chain (environment, OIDC, CLI profile, ini profile, ECS instance role, credentials URI).
/// </summary>
/// <remarks>
/// In the chain a source that gives no credential, whatever the reason, is passed over for the next one, as the
/// official libraries do; where something is set up there, that earns a warning. Once a source is chosen it stays:
/// a provider never changes to another account.
/// </remarks>
public sealed class CredentialResolver
{
    private readonly CredentialContext _context;
    private readonly CredentialWarnings _warnings = new();

    /// <summary>Makes a resolver.</summary>
    /// <param name="context">What the search depends on; null for the real environment.</param>
    public CredentialResolver(CredentialContext? context = null) => _context = context ?? new CredentialContext();

    /// <summary>What users should be told of, gathered so far by this resolver; each thing once.</summary>
    public IReadOnlyList<CredentialWarning> Warnings => _warnings.Snapshot;

    /// <summary>Finds a credential, and asks its source for it, so that the provider is known to work.</summary>
    /// <param name="profileName">
    /// A profile of the CLI's <c>config.json</c>, else a section of the SDKs' shared file; null or empty for the default chain.
    /// </param>
    /// <param name="cancellationToken">Ends the search.</param>
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
            var plan = chain.Named(profileName!);
            var provider = plan.Provider ?? throw plan.Fault!;
            await provider.GetCredentialAsync(cancellationToken).ConfigureAwait(false);
            return provider;
        }

        var passed = new List<CredentialFinding>();
        foreach (var plan in chain.Default())
        {
            var finding = await AskAsync(plan, cancellationToken).ConfigureAwait(false);
            if (finding.State == CredentialFindingState.Used)
            {
                _warnings.SourcesFailed(passed);
                return plan.Provider!;
            }

            passed.Add(finding);
        }

        var reasons = passed.Select(static f => $"{CredentialChain.Name(f.Source)}: {f.Reason.TrimEnd('.')}");
        throw new CredentialException(
            CredentialErrorCode.CredentialNotFound, $"No credential was found. {string.Join("; ", reasons)}.");
    }

    /// <summary>Says what would be used and why, source by source in the order of the chain.</summary>
    /// <param name="profileName">As in <see cref="ResolveAsync"/>; with a name there is one finding.</param>
    /// <param name="all">
    /// Whether to go on past the source that is used. Those that follow are only looked at: no service is asked and no
    /// command run for them.
    /// </param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>The findings, up to and including the source that is used, or all. None is <c>Used</c> where there is no credential.</returns>
    /// <exception cref="CredentialException"><c>ProfileNotFound</c>.</exception>
    public async Task<IReadOnlyList<CredentialFinding>> ExamineAsync(
        string? profileName, bool all, CancellationToken cancellationToken)
    {
        var chain = new CredentialChain(_context, _warnings);
        var findings = new List<CredentialFinding>();
        var used = default(CredentialSource?);
        foreach (var plan in string.IsNullOrEmpty(profileName) ? chain.Default() : [chain.Named(profileName!)])
        {
            if (used is { } earlier)
            {
                findings.Add(LookAt(plan, earlier));
                continue;
            }

            var finding = await AskAsync(plan, cancellationToken).ConfigureAwait(false);
            findings.Add(finding);
            if (finding.State == CredentialFindingState.Used)
            {
                used = plan.Source;
                if (!all)
                {
                    break;
                }
            }
        }

        return findings;
    }

    /// <summary>Lists the profiles of both files for completion: fast, without the network, and never an error.</summary>
    /// <returns>The names, each once, in the order of the files.</returns>
    public IReadOnlyList<string> ProfileNames()
    {
        var files = new ProfileFiles(_context);
        var cli = Names(() => files.CliAbsence is null ? [.. CliConfigFile.Read(files.CliPath).Names] : []);
        var ini = Names(() => files.IniAbsence is null ? IniFile.Read(files.IniPath).Names : []);
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

    private async Task<CredentialFinding> AskAsync(CredentialPlan plan, CancellationToken cancellationToken)
    {
        if (plan.Absence is { } absence)
        {
            return Finding(plan, CredentialFindingState.PassedOver, absence);
        }

        try
        {
            var provider = plan.Provider ?? throw plan.Fault!;
            var credential = await provider.GetCredentialAsync(cancellationToken).ConfigureAwait(false);
            return Finding(plan, CredentialFindingState.Used, provider.Source, credential);
        }
        catch (CredentialException e) when (
            plan.Source == CredentialSource.EcsInstanceRole
            && string.Equals(e.Code, CredentialErrorCode.MetadataUnavailable, StringComparison.Ordinal)
            && _context.Variable(EnvironmentVariables.EcsMetadata) is null)
        {
            return Finding(plan, CredentialFindingState.PassedOver, "this is no ECS instance: the metadata service does not answer");
        }
        catch (CredentialException e)
        {
            return Finding(plan, CredentialFindingState.Failed, e.Message);
        }
    }

    private static CredentialFinding LookAt(CredentialPlan plan, CredentialSource used)
    {
        var not = $"{CredentialChain.Name(used)} comes first";
        return plan switch
        {
            { Absence: { } absence } => Finding(plan, CredentialFindingState.PassedOver, absence),
            { Fault: { } fault } => Finding(plan, CredentialFindingState.Failed, fault.Message),
            { Source: CredentialSource.EcsInstanceRole } =>
                Finding(plan, CredentialFindingState.NotUsed, not + "; whether this is an ECS instance was not asked"),
            _ => Finding(plan, CredentialFindingState.NotUsed, not, Known(plan.Provider!)),
        };
    }

    /// <summary>The credential where it is known without asking anyone.</summary>
    private static Credential? Known(ICredentialProvider provider) => provider switch
    {
        StaticCredentialProvider lasting => lasting.Current,
        RenewingCredentialProvider renewing => renewing.Current,
        _ => null,
    };

    private static CredentialFinding Finding(
        CredentialPlan plan, CredentialFindingState state, string reason, Credential? credential = null) =>
        new(plan.Source, state, reason)
        {
            Profile = plan.Profile,
            Path = plan.Path,
            MaskedAccessKeyId = credential?.MaskedAccessKeyId,
            IsTemporary = credential?.IsTemporary,
            Expiration = credential?.Expiration,
        };
}
