namespace IotCard.Client.Rules;

/// <summary>What a journal's record of a row means for the next run. The plan, the dry run, the run and the resolver decide by it.</summary>
internal static class JournalRules
{
    /// <summary>Decides about a row by what is recorded of it.</summary>
    /// <param name="recorded">What is recorded.</param>
    /// <param name="now">The time of this machine, UTC.</param>
    /// <param name="retriesUnknown">Whether the user has asked to send anew what may have been executed.</param>
    /// <returns>
    /// The decision. A row that is to be sent although <see cref="RecordedRow.IsInDoubt"/> holds is a repeat. Unknown because
    /// of an open intent is news, which belongs in the journal: a clock that is set back must not make the request young
    /// again.
    /// </returns>
    internal static RowDecision Decide(RecordedRow recorded, DateTimeOffset now, bool retriesUnknown) => recorded switch
    {
        { IsInDoubt: true } when retriesUnknown => new RowDecision(RowAction.Send),
        { OpenIntent: { } intent } => new RowDecision(DoubtRules.MayResend(intent, now) ? RowAction.Resume : RowAction.Unknown, OutcomeCode.Interrupted),
        { Outcome: { Status: OutcomeStatus.Unknown } unknown } => new RowDecision(RowAction.Unknown, unknown.Code),
        { Outcome.Status: OutcomeStatus.Succeeded, IsOvertaken: true } => new RowDecision(RowAction.Refuse, OutcomeCode.CardChangedSince),
        { Outcome: { Status: OutcomeStatus.Succeeded } done } => new RowDecision(RowAction.AlreadyDone, done.Code),
        { IsBehindUnknown: true } => new RowDecision(RowAction.Refuse, OutcomeCode.PredecessorUnknown),
        _ => new RowDecision(RowAction.Send),
    };

    /// <summary>
    /// What the record of a row becomes when its last request is known not to have been executed: Failed, so that it is sent
    /// again, unless an earlier request of it is in doubt, about which nothing is learned.
    /// </summary>
    /// <param name="outcome">The failure.</param>
    /// <param name="recorded">What earlier runs recorded of the row.</param>
    internal static RowOutcome WhenNotExecuted(RowOutcome outcome, RecordedRow recorded) => recorded.IsInDoubt
        ? outcome with { Status = OutcomeStatus.Unknown, Code = OutcomeCode.OutcomeUnknown, Reason = outcome.Code }
        : outcome;
}
