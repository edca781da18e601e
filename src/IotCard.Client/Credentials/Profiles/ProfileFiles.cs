namespace IotCard.Client.Credentials.Profiles;

/// <summary>The paths of the two profile files, by the current environment variables and home folder.</summary>
internal sealed class ProfileFiles(CredentialContext context)
{
    internal string CliPath =>
        context.Variable(EnvironmentVariables.ConfigFile) ?? Path.Combine(context.HomeDirectory, ".aliyun", "config.json");

    /// <summary>Why there is no <c>config.json</c> to read; null if there is one, or if a variable names one, which must then exist.</summary>
    /// <exception cref="CredentialException"><c>InvalidPolicy</c>: a variable that switches the file off is neither true nor false.</exception>
    internal LocalizableMessage? CliSkipReason =>
        Array.Find(EnvironmentVariables.IgnoreProfiles, context.IsSwitchedOn) is { } ignored
            ? new LocalizableMessage("IsTrue", $"{ignored} is true")
        : context.IsTrue(EnvironmentVariables.CliProfileDisabled)
            ? new LocalizableMessage("IsTrue", $"{EnvironmentVariables.CliProfileDisabled} is true")
        : SkipReasonOf(EnvironmentVariables.ConfigFile, CliPath);

    /// <summary>
    /// The file that a variable names; else <c>credentials.ini</c>, as in the Java and C# libraries; else
    /// <c>credentials</c>, as in the others.
    /// </summary>
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

    /// <summary>Why there is no shared file to read; null if there is one, or if a variable names one, which must then exist.</summary>
    internal LocalizableMessage? IniSkipReason => SkipReasonOf(EnvironmentVariables.CredentialsFile, IniPath);

    private LocalizableMessage? SkipReasonOf(string variable, string path) =>
        context.Variable(variable) is not null ? null
        : string.IsNullOrEmpty(context.HomeDirectory) ? new LocalizableMessage("NoHome", $"there is no home folder")
        : File.Exists(path) ? null
        : new LocalizableMessage("NoFile", $"there is no {path}");
}
