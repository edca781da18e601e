namespace IotCard.Client.Journaling;

/// <summary>Appends lines to a journal's file, with or without forcing them to the disk.</summary>
internal interface IJournalWriter
{
    /// <summary>Why lines are missing from the journal; null if none is.</summary>
    JournalException? Failure { get; }

    /// <summary>Appends a line.</summary>
    /// <returns>
    /// A task that completes when the line is as safe as this writer makes it: true, or false if it was not written and
    /// the failure is only kept.
    /// </returns>
    Task<bool> AppendAsync(PendingLine line);

    /// <summary>Accepts no further lines.</summary>
    /// <returns>A task that completes when the accepted lines are written.</returns>
    Task CloseAsync();
}
