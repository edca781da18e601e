namespace IotCard.Tests.Help;

/// <summary>A parameter's properties in one parameter set.</summary>
internal sealed record HelpParameterSet(string Name, string Position, bool IsRequired, bool FromPipeline, bool FromProperty);
