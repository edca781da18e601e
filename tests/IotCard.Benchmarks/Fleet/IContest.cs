namespace IotCard.Benchmarks.Fleet;

/// <summary>Measures one or more comparisons that share their turns.</summary>
internal interface IContest
{
    /// <summary>A word to pick it by.</summary>
    string Name { get; }

    Task<IReadOnlyList<Comparison>> PlayAsync(Arena arena);
}
