namespace IotCard.Benchmarks.Subjects;

/// <summary>Which journal the module keeps in an iteration.</summary>
internal enum JournalKind
{
    /// <summary>None: <c>-NoJournal</c>.</summary>
    None,

    /// <summary>The one that it keeps unasked.</summary>
    Automatic,

    /// <summary>One that is named: <c>-JournalPath</c>.</summary>
    Named,
}
