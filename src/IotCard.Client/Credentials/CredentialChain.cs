using IotCard.Client.Credentials.Profiles;
using IotCard.Client.Credentials.Sources;

namespace IotCard.Client.Credentials;

/// <summary>Says how each source is set up on this machine, in the official order, without asking any service.</summary>
internal sealed class CredentialChain(CredentialContext context, CredentialWarnings warnings)
{
    private readonly IssuingClient _http = IssuingClient.For(context);
    private readonly IssuingClient _metadata = IssuingClient.ForMetadata(context);
    private readonly ProfileFiles _files = new(context);

    internal static CredentialWords Name(CredentialSource source) => source switch
    {
        CredentialSource.Environment => new CredentialWords("SourceEnvironment", $"environment"),
        CredentialSource.Oidc => new CredentialWords("SourceOidc", $"OIDC"),
        CredentialSource.CliProfile => new CredentialWords("SourceCliProfile", $"CLI profile"),
        CredentialSource.IniProfile => new CredentialWords("SourceIniProfile", $"ini profile"),
        CredentialSource.EcsInstanceRole => new CredentialWords("SourceEcsInstanceRole", $"ECS instance role"),
        _ => new CredentialWords("SourceCredentialsUri", $"credentials URI"),
    };

    /// <summary>The default chain. Each step is looked at only when it is reached.</summary>
    internal IEnumerable<CredentialPlan> Default()
    {
        yield return Guarded(CredentialSource.Environment, null, null, FromEnvironment);
        yield return Guarded(CredentialSource.Oidc, null, null, FromOidc);

        var named = context.Variable(EnvironmentVariables.Profile);
        var cli = FromCliProfile(named);
        yield return cli;
        var ini = FromIniProfile(named ?? "default");

        // A profile that the environment names and no file has is passed over as well, but not in silence.
        yield return named is not null && cli.Absence is not null && ini.Absence is not null
            ? CredentialPlan.Faulty(CredentialSource.IniProfile, NotFound(named))
            : ini;

        yield return Guarded(CredentialSource.EcsInstanceRole, null, null, FromInstanceRole);
        yield return Guarded(CredentialSource.CredentialsUri, null, null, FromCredentialsUri);
    }

    /// <summary>A profile by its name: of the command line's file, else of the SDKs' shared one.</summary>
    internal CredentialPlan Named(string name)
    {
        var cli = FromCliProfile(name);
        if (cli.Absence is null)
        {
            return cli;
        }

        var ini = FromIniProfile(name);
        return ini.Absence is null ? ini : throw NotFound(name);
    }

    /// <summary>Both places that may have a profile of that name.</summary>
    internal IReadOnlyList<CredentialPlan> Places(string name)
    {
        CredentialPlan[] places = [FromCliProfile(name), FromIniProfile(name)];
        return places.All(static p => p.Absence is not null) ? throw NotFound(name) : places;
    }

    private CredentialPlan FromEnvironment()
    {
        const CredentialSource Source = CredentialSource.Environment;
        var id = context.Variable(EnvironmentVariables.AccessKeyId);
        var secret = context.Variable(EnvironmentVariables.AccessKeySecret);
        if (id is null)
        {
            return CredentialPlan.Absent(Source, NotSet(EnvironmentVariables.AccessKeyId));
        }

        var credential = CredentialFactory.Create(
            id,
            secret ?? throw new CredentialException(
                CredentialErrorCode.InvalidCredential,
                new CredentialWords("HalfSet", $"{EnvironmentVariables.AccessKeyId} is set, but {EnvironmentVariables.AccessKeySecret} is not.")),
            context.Variable(EnvironmentVariables.SecurityToken),
            expiration: null,
            CredentialErrorCode.InvalidCredential,
            new CredentialWords("InEnvironment", $"The environment ({EnvironmentVariables.AccessKeyId})"));
        return CredentialPlan.Ready(Source, new StaticCredentialProvider(credential, Name(Source)));
    }

    private CredentialPlan FromOidc()
    {
        const CredentialSource Source = CredentialSource.Oidc;
        string[] needed = [EnvironmentVariables.RoleArn, EnvironmentVariables.OidcProviderArn, EnvironmentVariables.OidcTokenFile];
        var missing = needed.Where(v => context.Variable(v) is null).ToArray();
        if (missing.Length > 0)
        {
            return CredentialPlan.Absent(Source, NotSet(missing));
        }

        var where = new CredentialWords("InOidc", $"OIDC ({EnvironmentVariables.RoleArn})");
        var role = RoleRequest.Create(
            context,
            where,
            context.Variable(EnvironmentVariables.RoleArn),
            sessionName: null,
            duration: null,
            StsEndpoint.Choose(context, endpoint: null, region: null, vpc: null, where),
            policy: null,
            externalId: null);
        var source = new OidcSource(
            context,
            _http,
            role,
            context.Variable(EnvironmentVariables.OidcProviderArn)!,
            context.Variable(EnvironmentVariables.OidcTokenFile)!);
        return CredentialPlan.Ready(Source, Renewing(Source, source));
    }

    private CredentialPlan FromCliProfile(string? name)
    {
        const CredentialSource Source = CredentialSource.CliProfile;
        if (_files.CliAbsence is { } absence)
        {
            return CredentialPlan.Absent(Source, absence);
        }

        var path = _files.CliPath;
        return Guarded(Source, name, path, () =>
        {
            var config = CliConfigFile.Read(path);
            if (config.Profiles?.Any(static p => p?.HoldsSecret == true) == true)
            {
                warnings.FileHoldsSecret(path);
            }

            var chosen = name ?? config.Current;
            if (string.IsNullOrEmpty(chosen))
            {
                return CredentialPlan.Absent(Source, new CredentialWords("NoCurrentProfile", $"{path} names no current profile"));
            }

            return config.Find(chosen!) is { } profile
                ? Guarded(Source, chosen, path, () => CredentialPlan.Ready(
                    Source, new CliProfileProviders(context, _http, _metadata, path).Create(config, profile)))
                : name is not null
                    ? CredentialPlan.Absent(Source, new CredentialWords("NoSuchProfile", $"{path} has no profile '{chosen}'"))
                    : throw new CredentialException(
                        CredentialErrorCode.InvalidProfile,
                        new CredentialWords("CurrentProfileMissing", $"{path} has no profile '{chosen}', which it calls the current one."));
        });
    }

    private CredentialPlan FromIniProfile(string name)
    {
        const CredentialSource Source = CredentialSource.IniProfile;
        if (_files.IniAbsence is { } absence)
        {
            return CredentialPlan.Absent(Source, absence);
        }

        var path = _files.IniPath;
        return Guarded(Source, name, path, () =>
        {
            var file = IniFile.Read(path);
            if (file.HoldsSecret)
            {
                warnings.FileHoldsSecret(path);
            }

            if (file.Find(name) is not { } section)
            {
                return CredentialPlan.Absent(Source, new CredentialWords("NoSuchSection", $"{path} has no section [{name}]"));
            }

            return string.Equals(section["enable"], "false", StringComparison.OrdinalIgnoreCase)
                ? throw new CredentialException(
                    CredentialErrorCode.InvalidProfile, new CredentialWords("SectionOff", $"Section [{name}] in {path} is switched off: enable = false."))
                : CredentialPlan.Ready(Source, new IniProfileProviders(context, _http, _metadata, path).Create(section));
        });
    }

    private CredentialPlan FromInstanceRole()
    {
        const CredentialSource Source = CredentialSource.EcsInstanceRole;
        return context.IsTrue(EnvironmentVariables.EcsMetadataDisabled)
            ? CredentialPlan.Absent(Source, EcsRole.Disabled)
            : CredentialPlan.Ready(Source, Renewing(Source, EcsRole.Create(context, _metadata, role: null, Name(Source))));
    }

    private CredentialPlan FromCredentialsUri()
    {
        const CredentialSource Source = CredentialSource.CredentialsUri;
        if (context.Variable(EnvironmentVariables.CredentialsUri) is not { } text)
        {
            return CredentialPlan.Absent(Source, NotSet(EnvironmentVariables.CredentialsUri));
        }

        return Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? CredentialPlan.Ready(Source, Renewing(Source, new CredentialsUriSource(context, _http, address)))
            : throw new CredentialException(
                CredentialErrorCode.InvalidProfile,
                new CredentialWords("NoAddress", $"{EnvironmentVariables.CredentialsUri} is not an http or https address."));
    }

    private RenewingCredentialProvider Renewing(CredentialSource source, ITemporaryCredentialSource credentials) =>
        new(Name(source), credentials, context.Clock);

    private CredentialException NotFound(string name)
    {
        var cli = _files.CliAbsence is null ? CliConfigFile.Read(_files.CliPath).Names : [];
        var ini = _files.IniAbsence is null ? IniFile.Read(_files.IniPath).Names : [];
        return new CredentialException(
            CredentialErrorCode.ProfileNotFound,
            new CredentialWords(
                "ProfileNotFound",
                $"There is no profile '{name}'. {_files.CliAbsence ?? Has(_files.CliPath, cli)}; {_files.IniAbsence ?? Has(_files.IniPath, ini)}."));
    }

    private static CredentialWords NotSet(params string[] variables) =>
        variables.Length == 1
            ? new CredentialWords("NotSet", $"{variables[0]} is not set")
            : new CredentialWords("NoneSet", $"{string.Join(", ", variables)} are not set");

    private static CredentialWords Has(string path, IEnumerable<string> names)
    {
        var all = names.ToArray();
        return all.Length == 0
            ? new CredentialWords("FileHasNoProfile", $"{path} has none")
            : new CredentialWords("FileHasProfiles", $"{path} has {string.Join(", ", all)}");
    }

    private static CredentialPlan Guarded(CredentialSource source, string? profile, string? path, Func<CredentialPlan> plan)
    {
        try
        {
            return plan().At(profile, path);
        }
        catch (CredentialException e)
        {
            return CredentialPlan.Faulty(source, e).At(profile, path);
        }
    }
}
