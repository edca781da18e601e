using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace IotCard.Commands;

/// <summary>Completes <c>-ThrottleLimit</c> with widths that people use; any other from 1 to 256 may be typed.</summary>
public sealed class ThrottleLimitCompleter : IArgumentCompleter
{
    private static readonly string[] Widths = [.. new[] { 1, 5, 16, 32, 64, 128, 256 }.Select(static width => width.ToString(CultureInfo.InvariantCulture))];

    /// <summary>Gives the widths that begin with what was typed.</summary>
    /// <param name="commandName">The command.</param>
    /// <param name="parameterName">The parameter.</param>
    /// <param name="wordToComplete">What was typed so far.</param>
    /// <param name="commandAst">The command as parsed.</param>
    /// <param name="fakeBoundParameters">The parameters given so far.</param>
    /// <returns>The widths, the narrowest first.</returns>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Widths
            .Where(width => width.StartsWith(wordToComplete ?? string.Empty, StringComparison.Ordinal))
            .Select(static width => new CompletionResult(width));
}
