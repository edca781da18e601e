using IotCard.Client.Credentials.Profiles;
using IotCard.Client.Credentials.Sources;

namespace IotCard.Client.Credentials.Resolution;

/// <summary>Determines how each source is set up on this machine, in the official order, without asking a service.</summary>
internal sealed class CredentialChain(CredentialContext context, CredentialWarnings warnings)
{
    private readonly IssuingClient _http = IssuingClient.For(context);
    private readonly IssuingClient _metadata = IssuingClient.ForMetadata(context);
    private readonly ProfileFiles _files = new(context);

    internal static LocalizableMessage Name(CredentialSource source) => source switch
    {
        CredentialSource.Environment => new LocalizableMessage("SourceEnvironment", $"environment"),
        CredentialSource.Oidc => new LocalizableMessage("SourceOidc", $"OIDC"),
        CredentialSource.CliProfile => new LocalizableMessage("SourceCliProfile", $"CLI profile"),
        CredentialSource.IniProfile => new LocalizableMessage("SourceIniProfile", $"ini profile"),
        CredentialSource.EcsInstanceRole => new LocalizableMessage("SourceEcsInstanceRole", $"ECS instance role"),
        _ => new LocalizableMessage("SourceCredentialsUri", $"credentials URI"),
    };

    /// <summary>The default chain. Each source is examined only when it is reached.</summary>
    internal IEnumerable<CredentialCandidate> Default()
    {
        yield return Guarded(CredentialSource.Environment, null, null, FromEnvironment);
        yield return Guarded(CredentialSource.Oidc, null, null, FromOidc);

        var named = NamedProfile();
        var cli = FromCliProfile(named);
        yield return cli;
        var ini = FromIniProfile(named ?? "default");

        // A profile that the environment names and neither file has is skipped as well, but with a warning.
        yield return named is not null && cli.SkipReason is not null && ini.SkipReason is not null
            ? CredentialCandidate.Failed(CredentialSource.IniProfile, NotFound(named))
            : ini;

        yield return Guarded(CredentialSource.EcsInstanceRole, null, null, FromInstanceRole);
        yield return Guarded(CredentialSource.CredentialsUri, null, null, FromCredentialsUri);
    }

    /// <summary>Finds a profile by its name: in the command line's file, else in the SDKs' shared one.</summary>
    internal CredentialCandidate Named(string name)
    {
        var cli = FromCliProfile(name);
        if (cli.SkipReason is null)
        {
            return cli;
        }

        var ini = FromIniProfile(name);
        return ini.SkipReason is null ? ini : throw NotFound(name);
    }

    /// <summary>Both files that may have a profile of that name.</summary>
    internal IReadOnlyList<CredentialCandidate> Places(string name)
    {
        CredentialCandidate[] places = [FromCliProfile(name), FromIniProfile(name)];
        return places.All(static p => p.SkipReason is not null) ? throw NotFound(name) : places;
    }

    private CredentialCandidate FromEnvironment()
    {
        const CredentialSource Source = CredentialSource.Environment;
        if (EnvironmentVariables.Keys.FirstOrDefault(k => context.Variable(k.Id) is not null) is not { } key)
        {
            return CredentialCandidate.Skipped(Source, NotSet(EnvironmentVariables.AccessKeyId));
        }

        var credential = CredentialFactory.Create(
            context.Variable(key.Id),
            context.Variable(key.Secret) ?? throw new CredentialException(
                CredentialErrorCode.InvalidCredential,
                new LocalizableMessage("HalfSet", $"{key.Id} is set, but {key.Secret} is not.")),
            context.Variable(key.Token),
            expiration: null,
            CredentialErrorCode.InvalidCredential,
            new LocalizableMessage("InEnvironment", $"The environment ({key.Id})"));
        return CredentialCandidate.Ready(
            Source,
            new StaticCredentialProvider(
                credential,
                string.Equals(key.Id, EnvironmentVariables.AccessKeyId, StringComparison.Ordinal) ? Name(Source) : new LocalizableMessage("EnvironmentVariable", $"environment ({key.Id})")));
    }

    /// <summary>The profile that the environment names; null if it names none.</summary>
    private string? NamedProfile() => OneOf(EnvironmentVariables.Profiles);

    /// <summary>The value of the first spelling of a variable that is set. If another has another value, a warning says which one counts.</summary>
    private string? OneOf(string[] spellings)
    {
        if (context.FirstVariable(spellings) is not { } first)
        {
            return null;
        }

        foreach (var other in spellings.Where(s => context.Variable(s) is { } value && !string.Equals(value, first.Value, StringComparison.Ordinal)))
        {
            warnings.VariablesDiffer(first.Key, other);
        }

        return first.Value;
    }

    private CredentialCandidate FromOidc()
    {
        const CredentialSource Source = CredentialSource.Oidc;
        string[] required = [EnvironmentVariables.RoleArn, EnvironmentVariables.OidcProviderArn, EnvironmentVariables.OidcTokenFile];
        var missing = required.Where(v => context.FirstVariable(EnvironmentVariables.OidcSpellings(v)) is null).ToArray();
        if (missing.Length > 0)
        {
            return CredentialCandidate.Skipped(Source, NotSet(missing));
        }

        var values = required.Select(v => OneOf(EnvironmentVariables.OidcSpellings(v))!).ToArray();

        var where = new LocalizableMessage("InOidc", $"OIDC ({EnvironmentVariables.RoleArn})");
        var role = RoleRequest.Create(
            context,
            where,
            values[0],
            sessionName: null,
            duration: null,
            StsEndpoint.Choose(context, endpoint: null, region: null, vpc: null, where),
            policy: null,
            externalId: null);
        var source = new OidcSource(
            context,
            _http,
            role,
            values[1],
            values[2]);
        return CredentialCandidate.Ready(Source, Renewing(Source, source));
    }

    private CredentialCandidate FromCliProfile(string? name)
    {
        const CredentialSource Source = CredentialSource.CliProfile;
        if (_files.CliSkipReason is { } absence)
        {
            return CredentialCandidate.Skipped(Source, absence);
        }

        var path = _files.CliPath;
        return Guarded(Source, name, path, () =>
        {
            var file = ProfileText.Read(path);
            warnings.FileIsRead(file);
            var config = CliConfigFile.Parse(file.Text, path);
            if (config.Profiles?.Any(static p => p?.HoldsSecret == true) == true)
            {
                warnings.FileHoldsSecret(file);
            }

            var chosen = name ?? config.Current ?? (config.Find(CliConfig.DefaultName) is null ? null : CliConfig.DefaultName);
            if (string.IsNullOrEmpty(chosen))
            {
                return CredentialCandidate.Skipped(Source, new LocalizableMessage("NoCurrentProfile", $"{path} names no current profile"));
            }

            return config.Find(chosen!) is { } profile
                ? Guarded(Source, chosen, path, () => CredentialCandidate.Ready(
                    Source, new CliProfileProviders(context, _http, _metadata, file).Create(config, profile)))
                : name is not null
                    ? CredentialCandidate.Skipped(Source, new LocalizableMessage("NoSuchProfile", $"{path} has no profile '{chosen}'"))
                    : throw new CredentialException(
                        CredentialErrorCode.InvalidProfile,
                        new LocalizableMessage("CurrentProfileMissing", $"{path} has no profile '{chosen}', which it calls the current one."));
        });
    }

    private CredentialCandidate FromIniProfile(string name)
    {
        const CredentialSource Source = CredentialSource.IniProfile;
        if (_files.IniSkipReason is { } absence)
        {
            return CredentialCandidate.Skipped(Source, absence);
        }

        var path = _files.IniPath;
        return Guarded(Source, name, path, () =>
        {
            var file = ProfileText.Read(path);
            warnings.FileIsRead(file);
            var sections = IniFile.Parse(file.Text, path);
            if (sections.HoldsSecret)
            {
                warnings.FileHoldsSecret(file);
            }

            if (sections.Find(name) is not { } section)
            {
                return CredentialCandidate.Skipped(Source, new LocalizableMessage("NoSuchSection", $"{path} has no section [{name}]"));
            }

            return string.Equals(section["enable"], "false", StringComparison.OrdinalIgnoreCase)
                ? throw new CredentialException(
                    CredentialErrorCode.InvalidProfile, new LocalizableMessage("SectionOff", $"Section [{name}] in {path} is switched off: enable = false."))
                : CredentialCandidate.Ready(Source, new IniProfileProviders(context, _http, _metadata, path).Create(section));
        });
    }

    private CredentialCandidate FromInstanceRole()
    {
        const CredentialSource Source = CredentialSource.EcsInstanceRole;
        return context.IsTrue(EnvironmentVariables.EcsMetadataDisabled)
            ? CredentialCandidate.Skipped(Source, EcsRole.Disabled)
            : CredentialCandidate.Ready(Source, Renewing(Source, EcsRole.Create(context, _metadata, role: null, Name(Source))));
    }

    private CredentialCandidate FromCredentialsUri()
    {
        const CredentialSource Source = CredentialSource.CredentialsUri;
        if (context.Variable(EnvironmentVariables.CredentialsUri) is not { } text)
        {
            return CredentialCandidate.Skipped(Source, NotSet(EnvironmentVariables.CredentialsUri));
        }

        return CredentialCandidate.Ready(
            Source, Renewing(Source, CredentialsUriSource.Create(context, _http, text, new LocalizableMessage("InEnvironment", $"The environment ({EnvironmentVariables.CredentialsUri})"))));
    }

    private RenewingCredentialProvider Renewing(CredentialSource source, ITemporaryCredentialSource credentials) =>
        new(Name(source), credentials, context.Clock);

    private CredentialException NotFound(string name)
    {
        var cli = _files.CliSkipReason is null ? CliConfigFile.Read(_files.CliPath).Names : [];
        var ini = _files.IniSkipReason is null ? IniFile.Read(_files.IniPath).Names : [];
        return new CredentialException(
            CredentialErrorCode.ProfileNotFound,
            new LocalizableMessage(
                "ProfileNotFound",
                $"There is no profile '{name}': {_files.CliSkipReason ?? Has(_files.CliPath, cli)}; {_files.IniSkipReason ?? Has(_files.IniPath, ini)}."));
    }

    private static LocalizableMessage NotSet(params string[] variables) =>
        variables.Length == 1
            ? new LocalizableMessage("NotSet", $"{variables[0]} is not set")
            : new LocalizableMessage("NoneSet", $"{string.Join(", ", variables)} are not set");

    private static LocalizableMessage Has(string path, IEnumerable<string> names)
    {
        var all = names.ToArray();
        return all.Length == 0
            ? new LocalizableMessage("FileHasNoProfile", $"{path} has none")
            : new LocalizableMessage("FileHasProfiles", $"{path} has {string.Join(", ", all)}");
    }

    private static CredentialCandidate Guarded(CredentialSource source, string? profile, string? path, Func<CredentialCandidate> candidate)
    {
        try
        {
            return candidate().At(profile, path);
        }
        catch (CredentialException e)
        {
            return CredentialCandidate.Failed(source, e).At(profile, path);
        }
    }
}
