namespace IotCard.Tests.Help;

/// <summary>One worked example of a page.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Code">The input.</param>
/// <param name="Output">The output; null if the page does not show any.</param>
/// <param name="Prose">The text around it, and the output, in order.</param>
internal sealed record HelpExample(string Title, string Code, string? Output, string[] Prose);
