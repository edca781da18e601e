namespace IotCard.Tests.Hosting;

/// <summary>Tests that change the process's environment run alone.</summary>
[CollectionDefinition(nameof(ProcessEnvironment), DisableParallelization = true)]
public sealed class ProcessEnvironmentCollection;
