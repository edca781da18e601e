namespace IotCard.Client.Journaling;

/// <summary>Appends lines to a journal's file, in one of the two ways that there are.</summary>
internal interface IJournalWriter
{
    /// <summary>Why lines are missing in the journal; null while none is.</summary>
    JournalException? Failure { get; }

    /// <summary>Appends a line.</summary>
    /// <returns>
    /// A task that completes when the line is as safe as this writer makes it: true, or false where it is not written and
    /// this writer only keeps why.
    /// </returns>
    Task<bool> AppendAsync(PendingLine line);

    /// <summary>Takes no further line.</summary>
    /// <returns>A task that completes when those taken are written.</returns>
    Task CloseAsync();
}
