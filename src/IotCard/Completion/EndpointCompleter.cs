using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using IotCard.Client.Queries;
using IotCard.Client.Service;

namespace IotCard.Completion;

/// <summary>Completes <c>-Endpoint</c> with addresses; otherwise the shell would offer the files of the current folder.</summary>
public sealed class EndpointCompleter : IArgumentCompleter
{
    /// <summary>The sandbox's address as the README starts it.</summary>
    private const string Sandbox = "http://127.0.0.1:8080";

    /// <summary>Returns the addresses that begin with the typed text.</summary>
    /// <param name="commandName">The command.</param>
    /// <param name="parameterName">The parameter.</param>
    /// <param name="wordToComplete">The typed text, perhaps with an opening quotation mark.</param>
    /// <param name="commandAst">The command as parsed.</param>
    /// <param name="fakeBoundParameters">The parameters given so far.</param>
    /// <returns>The addresses; the typed text itself if it begins none, so that no files are offered instead.</returns>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var typed = (wordToComplete ?? string.Empty).Trim('\'', '"');
        var isOfCards = string.Equals(commandName, "Get-IotCard", StringComparison.OrdinalIgnoreCase) || string.Equals(parameterName, "CardEndpoint", StringComparison.OrdinalIgnoreCase);
        string[] known = [(isOfCards ? CardApi.DefaultEndpoint : BindingApi.DefaultEndpoint).GetLeftPart(UriPartial.Authority), Sandbox];
        var found = known.Where(address => address.StartsWith(typed, StringComparison.OrdinalIgnoreCase)).ToList();
        return (found.Count == 0 ? [typed] : found).Select(static address => new CompletionResult(address));
    }
}
