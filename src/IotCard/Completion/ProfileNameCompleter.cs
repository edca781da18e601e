using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using IotCard.Client.Credentials;
using IotCard.Client.Credentials.Resolution;
using IotCard.Client.Sanitizing;

namespace IotCard.Completion;

/// <summary>Completes <c>-ProfileName</c> with the names in the CLI's config.json and the ini file.</summary>
public sealed class ProfileNameCompleter : IArgumentCompleter
{
    /// <summary>Returns the names that begin with the typed text.</summary>
    /// <param name="commandName">The command.</param>
    /// <param name="parameterName">The parameter.</param>
    /// <param name="wordToComplete">The typed text, perhaps with an opening quotation mark.</param>
    /// <param name="commandAst">The command as parsed.</param>
    /// <param name="fakeBoundParameters">The parameters given so far.</param>
    /// <returns>The names, quoted if necessary, without those that a terminal would interpret instead of showing; none if no file can be read.</returns>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var typed = (wordToComplete ?? string.Empty).Trim('\'', '"');
        return new CredentialResolver(new CredentialContext())
            .ProfileNames()
            .Where(name => SafeText.IsClean(name) && name.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            .Select(static name => new CompletionResult(Quote(name), name, CompletionResultType.ParameterValue, name));
    }

    private static string Quote(string name) =>
        name.All(static c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.')
            ? name
            : "'" + CodeGeneration.EscapeSingleQuotedStringContent(name) + "'";
}
