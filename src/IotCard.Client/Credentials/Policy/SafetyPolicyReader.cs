using System.Text.Json;
using IotCard.Client.Credentials.Profiles;

namespace IotCard.Client.Credentials.Policy;

/// <summary>
/// Reads the safety policies: <c>safety-policy.json</c> in the command line's own folder, and in the folder of another
/// <c>config.json</c> if a variable names one. As for the command line, the variables replace what a file says; unlike
/// there, what is malformed or unreadable is an error.
/// </summary>
internal static class SafetyPolicyReader
{
    internal const string FileName = "safety-policy.json";

    /// <summary>The values that the command line reads as a boolean.</summary>
    private static readonly string[] Yes = ["1", "t", "T", "true", "TRUE", "True"];
    private static readonly string[] No = ["0", "f", "F", "false", "FALSE", "False"];

    /// <summary>The policies in force.</summary>
    /// <exception cref="CredentialException"><c>InvalidPolicy</c> or <c>UnreadableFile</c>.</exception>
    internal static IReadOnlyList<SafetyPolicy> Read(CredentialContext context)
    {
        var isEnabled = ReadEnabled(context);
        var given = ReadVariable(context);
        if (given is not null)
        {
            return isEnabled ?? Files(context).Any(static f => f.File.Enabled)
                ? [new SafetyPolicy(EnvironmentVariables.SafetyPolicyRules, given)]
                : [];
        }

        return [.. Files(context).Where(f => isEnabled ?? f.File.Enabled).Select(static f => new SafetyPolicy(f.Path, Rules(f.File, f.Path)))];
    }

    /// <summary>Whether prompts that a policy asks for are answered in advance. It never lifts a <c>deny</c>.</summary>
    internal static bool SkipsConfirmation(CredentialContext context) =>
        context.Variable(EnvironmentVariables.SafetySkipConfirm) is { } skip && (skip == "1" || string.Equals(skip, "true", StringComparison.OrdinalIgnoreCase));

    internal static SafetyPolicyFile Parse(string text, string path)
    {
        try
        {
            return JsonText.Deserialize(text, PolicyJson.Default.SafetyPolicyFile)
                ?? throw Invalid(new LocalizableMessage("PolicyNull", $"{path} is malformed: an object is expected."));
        }
        catch (JsonException e)
        {
            throw Invalid(new LocalizableMessage("PolicyMalformed", $"{path} is malformed, line {(e.LineNumber ?? 0) + 1}, column {(e.BytePositionInLine ?? 0) + 1}."));
        }
    }

    /// <summary>Reads rules such as <c>dyiotapi:*=deny,ecs:Delete*=confirm</c>.</summary>
    internal static IReadOnlyList<SafetyRule> ParseRules(string text) =>
        string.IsNullOrWhiteSpace(text)
            ? []
            : [.. text.Split(',').Select(static rule => rule.LastIndexOf('=') is > 0 and var equals
                ? CreateRule(rule[..equals], rule[(equals + 1)..], EnvironmentVariables.SafetyPolicyRules)
                : throw Invalid(new LocalizableMessage("PolicyVariable", $"{EnvironmentVariables.SafetyPolicyRules} is malformed: write pattern=action, with commas between them.")))];

    private static IEnumerable<FoundFile> Files(CredentialContext context)
    {
        string?[] folders =
        [
            context.HomeDirectory.Length == 0 ? null : Path.Combine(context.HomeDirectory, ".aliyun"),
            context.Variable(EnvironmentVariables.ConfigFile) is { } config ? Path.GetDirectoryName(Path.GetFullPath(config)) : null,
        ];
        foreach (var path in folders.OfType<string>().Select(static folder => Path.Combine(folder, FileName)).Distinct(StringComparer.Ordinal))
        {
            if (!IsMissing(path))
            {
                yield return new FoundFile(path, Parse(FileText.Read(path), path));
            }
        }
    }

    /// <summary>
    /// Whether there is no such file. It is asked without an exception, which would cost every command of a fresh
    /// session milliseconds; and not by <see cref="File.Exists"/>, which also denies what is in a folder that may not be read.
    /// </summary>
    private static bool IsMissing(string path)
    {
        try
        {
            return (int)new FileInfo(path).Attributes == -1;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    internal static IReadOnlyList<SafetyRule> Rules(SafetyPolicyFile file, string path) =>
        [.. (file.Rules ?? []).Select(rule => CreateRule(rule?.Pattern, rule?.Action, path))];

    private static SafetyRule CreateRule(string? pattern, string? action, string origin) =>
        string.IsNullOrWhiteSpace(pattern)
            ? throw Invalid(new LocalizableMessage("PolicyPattern", $"{origin} is malformed: a rule has no pattern."))
            : SafetyRule.ReadVerdict(action) is { } verdict
                ? new SafetyRule(pattern!.Trim(), verdict)
                : throw Invalid(new LocalizableMessage("PolicyAction", $"{origin} is malformed: the action of '{pattern}' is none of allow, confirm, forbid, deny."));

    private static IReadOnlyList<SafetyRule>? ReadVariable(CredentialContext context) =>
        context.Environment(EnvironmentVariables.SafetyPolicyRules) is { } text ? ParseRules(text) : null;

    private static bool? ReadEnabled(CredentialContext context) =>
        context.Variable(EnvironmentVariables.SafetyPolicyEnabled) is not { } text ? null
        : Yes.Contains(text, StringComparer.Ordinal) ? true
        : No.Contains(text, StringComparer.Ordinal) ? false
        : throw Invalid(new LocalizableMessage("NeitherTrueNorFalse", $"{EnvironmentVariables.SafetyPolicyEnabled} is neither true nor false."));

    private static CredentialException Invalid(LocalizableMessage words) => new(CredentialErrorCode.InvalidPolicy, words);

    private sealed record FoundFile(string Path, SafetyPolicyFile File);
}
