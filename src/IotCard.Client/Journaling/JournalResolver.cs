using IotCard.Client.Rules;

namespace IotCard.Client.Journaling;

/// <summary>
/// Records what a person, or the audit trail, has found out about rows with an unknown outcome. It appends to the journal
/// and rewrites nothing.
/// </summary>
internal static class JournalResolver
{
    /// <summary>Finds all rows with an unknown outcome, without changing anything.</summary>
    /// <param name="path">The journal.</param>
    /// <param name="clock">Determines the age of a request.</param>
    /// <returns>The rows, in the order in which they were first sent.</returns>
    /// <exception cref="JournalException">The file is not a journal, or is damaged.</exception>
    internal static IReadOnlyList<UnknownRow> FindUnknown(string path, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        using var file = JournalOpener.OpenToRead(path);
        return FindUnknown(file, JournalOpening.Load(file, job: null), clock, static _ => true);
    }

    /// <summary>Finds the rows of a card that a person can settle, without changing anything.</summary>
    /// <param name="path">The journal.</param>
    /// <param name="iccid">The card.</param>
    /// <param name="imei">The IMEI that the card was bound to when the row was sent; null for any.</param>
    /// <param name="clock">Determines the age of a request.</param>
    /// <returns>The rows with their current outcome, Unknown.</returns>
    /// <exception cref="JournalException">There is no such row, its outcome is not Unknown, or it is in flight; or the file is not a journal.</exception>
    internal static IReadOnlyList<UnknownRow> FindUnknown(string path, string iccid, string? imei, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        using var file = JournalOpener.OpenToRead(path);
        return Find(file, JournalOpening.Load(file, job: null), iccid, imei, clock);
    }

    /// <summary>Records what was found out about rows, all with one flush.</summary>
    /// <param name="path">The journal. No run may be writing it.</param>
    /// <param name="resolutions">The rows, as they were found here, and what was found out about each.</param>
    /// <param name="clock">Determines the age of a request.</param>
    /// <returns>The rows with their new outcome. One that was settled or sent again meanwhile is left out.</returns>
    /// <exception cref="JournalException">The file is not a journal, or cannot be written.</exception>
    internal static async Task<IReadOnlyList<RowOutcome>> ResolveAsync(
        string path, IReadOnlyList<(UnknownRow Row, RowResolution Resolution)> resolutions, TimeProvider clock)
    {
        var byRow = resolutions.ToDictionary(static one => KeyOf(one.Row), static one => one.Resolution);
        using var file = await JournalOpener.OpenToWriteAsync(path, clock).ConfigureAwait(false);
        try
        {
            var index = JournalOpening.Load(file, job: null);
            List<(UnknownRow Row, RowOutcome Outcome)> resolved =
            [
                .. FindUnknown(file, index, clock, static _ => true)
                    .Where(row => !row.IsUnderWay && byRow.ContainsKey(KeyOf(row)))
                    .Select(row => (row, Resolved(row, byRow[KeyOf(row)]))),
            ];
            if (resolved.Count > 0)
            {
                JournalOpening.BeginAppending(file, index, isForced: true);
                file.Append(
                    [.. JournalOpening.DescribeHoles(index), .. resolved.Select(static one => Line(one.Row, one.Outcome))],
                    isForced: true,
                    isWatched: true);
            }

            return [.. resolved.Select(static one => one.Outcome)];
        }
        catch (IOException failure)
        {
            throw new JournalException(JournalErrorCode.NotWritable, path, failure.Message, failure);
        }
    }

    private static PendingLine Line(UnknownRow row, RowOutcome resolved) => new(
        JournalLineFormatter.Resolution(resolved.Row, row.Number, resolved), row.HasOpenIntent ? RoomChange.Use : RoomChange.None);

    /// <summary>The outcome of a row that is settled, with what its request had been.</summary>
    private static RowOutcome Resolved(UnknownRow row, RowResolution resolution) => row.Outcome with
    {
        Status = resolution.Status,
        Code = OutcomeCode.Resolved,
        Reason = null,
        Message = resolution.Comment,
        CompletedAt = resolution.ResolvedAt,
        Resolution = resolution with { RequestedAt = row.Outcome.CompletedAt },
    };

    private static List<UnknownRow> Find(JournalFile file, JournalIndex index, string iccid, string? imei, TimeProvider clock)
    {
        bool IsMeant(RowOutcome outcome) => outcome.Row.Iccid == iccid && (imei is null || outcome.Row.Imei == imei);
        var unknown = FindUnknown(file, index, clock, IsMeant);
        var code = unknown.Count == 0 ? (index.ReadRows().Exists(row => IsMeant(row.Outcome)) ? JournalErrorCode.RowNotUnknown : JournalErrorCode.RowNotFound)
            : unknown.Exists(static row => row.IsUnderWay) ? JournalErrorCode.RowUnderWay
            : null;
        return code is null ? unknown : throw new JournalException(code, file.Path, iccid);
    }

    private static List<UnknownRow> FindUnknown(JournalFile file, JournalIndex index, TimeProvider clock, Func<RowOutcome, bool> isMeant)
    {
        var rows = index.ReadRows().FindAll(row => row.Outcome.Status == OutcomeStatus.Unknown && isMeant(row.Outcome));
        var sent = SentRequests.Read(file);
        return rows.ConvertAll(row => new UnknownRow
        {
            Outcome = row.Outcome,
            Number = row.State.Number,
            Intents = sent.TryGetValue(RowKey.From(row.Outcome.Row, row.State.Number), out var intents) ? intents : [],
            HasOpenIntent = row.State.Intent > 0,
            IsUnderWay = row.State.Intent > 0 && DoubtRules.MayResend((clock.GetUtcNow() - row.Outcome.CompletedAt).Duration()),
        });
    }

    private static RowKey KeyOf(UnknownRow row) => RowKey.From(row.Outcome.Row, row.Number);
}
