namespace IotCard.Tests.Help;

/// <summary>How a parameter is taken in one parameter set.</summary>
internal sealed record HelpParameterSet(string Name, string Position, bool IsRequired, bool FromPipeline, bool FromProperty);
