namespace IotCard.Client.Sending;

/// <summary>
/// Finds out whether slowing down helps at all. A quota lets more of the requests pass the fewer they are; a gateway that
/// throttles a fixed share of them, whatever their rate, does not, and slowing down for it would only make a run crawl. After
/// several decreases in a row with answers between them, the rate before is tried again: if the gateway then throttles no
/// larger share, the run stays at it. Not safe for concurrent use.
/// </summary>
internal sealed class SlowdownTrial
{
    /// <summary>How many requests a trial is judged by.</summary>
    private const int Sample = 12;

    private int _decreasesNeeded = 4;
    private int _decreases;
    private int _answered;
    private int _throttled;
    private double _before;
    private double _after;

    /// <summary>Whether a trial is under way, or has shown that slowing down does not help.</summary>
    internal bool IsOn { get; private set; }

    /// <summary>Notes an answered request.</summary>
    internal void NoteAnswered() => _answered++;

    /// <summary>Notes that the rate was decreased.</summary>
    /// <param name="before">The rate before, in requests a second.</param>
    /// <param name="after">The rate after.</param>
    /// <param name="wasAnswered">Whether anything was answered since the decrease before.</param>
    /// <returns>The rate to try again; null to go on with the decreased one.</returns>
    internal double? NoteDecrease(double before, double after, bool wasAnswered)
    {
        if (_decreases == 0 || !wasAnswered)
        {
            (_before, _decreases) = (before, 0);
        }

        _after = after;
        if (++_decreases <= _decreasesNeeded)
        {
            return null;
        }

        IsOn = true;
        (_answered, _throttled, _decreases) = (0, 0, 0);
        return _before;
    }

    /// <summary>Notes a throttled request of a trial.</summary>
    /// <returns>The rate to go back to, because more than two thirds are throttled: it is a quota after all; null to go on.</returns>
    internal double? NoteThrottled()
    {
        _throttled++;
        if (_answered + _throttled < Sample)
        {
            return null;
        }

        var isQuota = _throttled > 2 * _answered;
        (_answered, _throttled) = (0, 0);
        if (!isQuota)
        {
            return null;
        }

        // Each further trial costs a quota requests, so the next one comes later.
        IsOn = false;
        _decreasesNeeded *= 2;
        return _after;
    }
}
