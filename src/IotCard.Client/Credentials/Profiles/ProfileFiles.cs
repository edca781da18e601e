namespace IotCard.Client.Credentials.Profiles;

/// <summary>Where the two profile files are, by the variables and the home folder of the moment.</summary>
internal sealed class ProfileFiles(CredentialContext context)
{
    internal string CliPath =>
        context.Variable(EnvironmentVariables.ConfigFile) ?? Path.Combine(context.HomeDirectory, ".aliyun", "config.json");

    /// <summary>Why there is no <c>config.json</c> to be read; null where there is one, or one is named and so must be there.</summary>
    internal LocalizableMessage? CliSkipReason =>
        context.IsTrue(EnvironmentVariables.CliProfileDisabled)
            ? new LocalizableMessage("IsTrue", $"{EnvironmentVariables.CliProfileDisabled} is true")
            : SkipReasonOf(EnvironmentVariables.ConfigFile, CliPath);

    /// <summary>The named file; else <c>credentials.ini</c>, as the Java and C# libraries have it; else <c>credentials</c>, as the others do.</summary>
    internal string IniPath
    {
        get
        {
            if (context.Variable(EnvironmentVariables.CredentialsFile) is { } named)
            {
                return named;
            }

            var folder = Path.Combine(context.HomeDirectory, ".alibabacloud");
            var ini = Path.Combine(folder, "credentials.ini");
            var bare = Path.Combine(folder, "credentials");
            return !File.Exists(ini) && File.Exists(bare) ? bare : ini;
        }
    }

    /// <summary>Why there is no shared file to be read; null where there is one, or one is named and so must be there.</summary>
    internal LocalizableMessage? IniSkipReason => SkipReasonOf(EnvironmentVariables.CredentialsFile, IniPath);

    private LocalizableMessage? SkipReasonOf(string variable, string path) =>
        context.Variable(variable) is not null ? null
        : string.IsNullOrEmpty(context.HomeDirectory) ? new LocalizableMessage("NoHome", $"there is no home folder")
        : File.Exists(path) ? null
        : new LocalizableMessage("NoFile", $"there is no {path}");
}
