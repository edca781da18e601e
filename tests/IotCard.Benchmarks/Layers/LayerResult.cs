namespace IotCard.Benchmarks.Layers;

/// <summary>What a card takes up to a layer.</summary>
/// <param name="Name">The layer.</param>
/// <param name="Micros">Microseconds per card.</param>
/// <param name="ThreadMicros">Processor time per card by thread name, in microseconds.</param>
internal sealed record LayerResult(string Name, double Micros, IReadOnlyDictionary<string, double> ThreadMicros);
