namespace IotCard.Benchmarks.Subjects;

/// <summary>The journal that the module keeps in an iteration.</summary>
internal enum JournalKind
{
    /// <summary>None: <c>-NoJournal</c>.</summary>
    None,

    /// <summary>The automatic journal.</summary>
    Automatic,

    /// <summary>A named journal: <c>-JournalPath</c>.</summary>
    Named,
}
