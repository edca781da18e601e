using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace IotCard.Completion;

/// <summary>Completes <c>-ThrottleLimit</c> with common values; any other from 1 to 256 may be typed.</summary>
public sealed class ThrottleLimitCompleter : IArgumentCompleter
{
    private static readonly string[] Widths = [.. new[] { 1, 5, 16, 32, 64, 128, 256 }.Select(static width => width.ToString(CultureInfo.InvariantCulture))];

    /// <summary>Returns the values that begin with the typed text.</summary>
    /// <param name="commandName">The command.</param>
    /// <param name="parameterName">The parameter.</param>
    /// <param name="wordToComplete">The typed text.</param>
    /// <param name="commandAst">The command as parsed.</param>
    /// <param name="fakeBoundParameters">The parameters given so far.</param>
    /// <returns>The values, in ascending order.</returns>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Widths
            .Where(width => width.StartsWith(wordToComplete ?? string.Empty, StringComparison.Ordinal))
            .Select(static width => new CompletionResult(width));
}
