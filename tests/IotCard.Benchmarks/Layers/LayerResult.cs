namespace IotCard.Benchmarks.Layers;

/// <summary>What a card takes up to a layer.</summary>
/// <param name="Name">The layer.</param>
/// <param name="Micros">Microseconds a card.</param>
/// <param name="ThreadMicros">Microseconds of processor time a card by the names of threads.</param>
internal sealed record LayerResult(string Name, double Micros, IReadOnlyDictionary<string, double> ThreadMicros);
