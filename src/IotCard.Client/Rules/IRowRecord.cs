namespace IotCard.Client.Rules;

/// <summary>A row's place in a journal: what earlier runs recorded of it, and what this run adds.</summary>
internal interface IRowRecord
{
    /// <summary>
    /// What earlier runs recorded. It is looked up once, at the first use, with all that the run has claimed until then:
    /// who decides about a whole list claims all of it before.
    /// </summary>
    RecordedRow Recorded { get; }

    /// <summary>Records that a request is about to be sent. It is sent only once this has completed.</summary>
    /// <param name="intent">The request.</param>
    /// <param name="cancellationToken">Cancels the record; the request is then not sent.</param>
    /// <returns>A task that completes when the record is as safe as the journal makes it.</returns>
    ValueTask RecordIntentAsync(RecordedIntent intent, CancellationToken cancellationToken);

    /// <summary>
    /// Records that the last request is known not to have been executed, before the row waits for its retry: if the run is
    /// killed meanwhile, the row is as it was before this run, and not in doubt.
    /// </summary>
    /// <param name="code">Why it was not executed.</param>
    /// <param name="cancellationToken">Cancels the record.</param>
    /// <returns>A task that completes when the record is as safe as the journal makes it.</returns>
    ValueTask RecordNotExecutedAsync(string code, CancellationToken cancellationToken);

    /// <summary>Records how the row ended.</summary>
    /// <param name="outcome">The outcome.</param>
    /// <returns>A task that completes when the record is as safe as the journal makes it.</returns>
    Task RecordOutcomeAsync(RowOutcome outcome);
}
