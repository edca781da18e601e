namespace IotCard.Client.Tests.Simulation;

/// <summary>What a simulation found.</summary>
internal sealed class SimulationCounts
{
    internal int Operations { get; set; }

    internal int Faults { get; set; }

    /// <summary>Runs that ended before their rows did.</summary>
    internal int Died { get; set; }

    internal int Unknown { get; set; }

    /// <summary>Operations that were carried out twice.</summary>
    internal int Twice { get; set; }

    /// <summary>Rows without a result, although their run did not die.</summary>
    internal int Lost { get; set; }

    /// <summary>Results that the service's own record contradicts.</summary>
    internal int Contradicted { get; private set; }

    /// <summary>Unknown rows whose own answer had arrived whole, or of which nothing had ever left.</summary>
    internal int Needless { get; set; }

    /// <summary>Intents before the end of a row that they had to wait for.</summary>
    internal int OutOfOrder { get; set; }

    /// <summary>The first contradiction, in words.</summary>
    internal string? Contradiction { get; private set; }

    internal bool IsClean => Twice + Lost + Contradicted + Needless + OutOfOrder == 0;

    internal void Contradict(string words)
    {
        Contradicted++;
        Contradiction ??= words;
    }

    internal void Add(SimulationCounts other)
    {
        Operations += other.Operations;
        Faults += other.Faults;
        Died += other.Died;
        Unknown += other.Unknown;
        Twice += other.Twice;
        Lost += other.Lost;
        Contradicted += other.Contradicted;
        Needless += other.Needless;
        OutOfOrder += other.OutOfOrder;
    }

    public override string ToString() =>
        $"{Operations} operations, {Died} deaths, {Faults} faults, {Twice} twice, {Lost} lost, {Contradicted} contradicted, {Needless} needless unknown, {OutOfOrder} out of order, {Unknown} unknown{(Contradiction is null ? "" : ": " + Contradiction)}";
}
