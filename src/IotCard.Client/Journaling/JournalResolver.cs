using IotCard.Client.Rules;

namespace IotCard.Client.Journaling;

/// <summary>Records what a person has found out about rows with an unknown outcome. It appends to the journal and rewrites nothing.</summary>
public static class JournalResolver
{
    /// <summary>Finds the rows that <see cref="ResolveAsync(string, string, string, OutcomeStatus, string, TimeProvider)"/> would resolve, without changing anything.</summary>
    /// <param name="path">The journal.</param>
    /// <param name="iccid">The card.</param>
    /// <param name="imei">The IMEI that the card was bound to when the row was sent; null for any.</param>
    /// <param name="clock">Determines the age of a request.</param>
    /// <returns>The rows with their current outcome, Unknown.</returns>
    /// <exception cref="JournalException">There is no such row, its outcome is not Unknown, or it is in flight; or the file is not a journal.</exception>
    public static IReadOnlyList<RowOutcome> Find(string path, string iccid, string? imei, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        using var file = JournalFile.OpenToRead(path);
        return [.. Find(file, iccid, imei, clock).Select(static record => record.Outcome)];
    }

    /// <summary>Records the outcome of a card's rows that are Unknown.</summary>
    /// <param name="path">The journal. No run may be writing it.</param>
    /// <param name="iccid">The card.</param>
    /// <param name="imei">The IMEI that the card was bound to when the row was sent; null for any.</param>
    /// <param name="status">Their outcome: Succeeded or Failed.</param>
    /// <param name="comment">Who found it out, and how.</param>
    /// <param name="clock">Provides the time of the resolution.</param>
    /// <returns>The rows with their new outcome.</returns>
    /// <exception cref="JournalException">As for <see cref="Find(string, string, string, TimeProvider)"/>; or the journal cannot be written.</exception>
    public static Task<IReadOnlyList<RowOutcome>> ResolveAsync(
        string path, string iccid, string? imei, OutcomeStatus status, string? comment, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        if (status == OutcomeStatus.Unknown)
        {
            throw new ArgumentOutOfRangeException(nameof(status));
        }

        return Task.Run(() => Resolve(path, iccid, imei, status, comment, clock));
    }

    /// <summary>Finds all rows of a journal that are Unknown, with the requests that may have been executed.</summary>
    /// <param name="path">The journal.</param>
    /// <param name="clock">Determines the age of a request.</param>
    /// <returns>The rows, in the order of first occurrence; none if there are none.</returns>
    /// <exception cref="JournalException">The file is not a journal.</exception>
    internal static IReadOnlyList<UnknownRow> FindUnknown(string path, TimeProvider clock)
    {
        using var file = JournalFile.OpenToRead(path);
        var intents = SentRequests.Read(file);
        return
        [
            .. JournalContents.Read(file).Records
                .Where(static record => record.Outcome.Status == OutcomeStatus.Unknown)
                .Select(record => new UnknownRow
                {
                    Outcome = record.Outcome,
                    Number = record.Number,
                    Intents = intents.TryGetValue(RowKey.From(record.Outcome.Row, record.Number), out var sent) ? sent : [],
                    IsUnderWay = IsUnderWay(record, clock),
                }),
        ];
    }

    /// <summary>Records how rows that were Unknown have ended, each with its own outcome.</summary>
    /// <param name="path">The journal. No run may be writing it.</param>
    /// <param name="resolutions">Rows of <see cref="FindUnknown"/>, and how they have ended.</param>
    /// <param name="clock">Determines the age of a request.</param>
    /// <returns>The rows with their new outcome. A row that is no longer Unknown, or is under way, is left out.</returns>
    /// <exception cref="JournalException">The file is not a journal, or cannot be written.</exception>
    internal static Task<IReadOnlyList<RowOutcome>> ResolveAsync(
        string path, IReadOnlyList<(UnknownRow Row, RowResolution Resolution)> resolutions, TimeProvider clock) =>
        Task.Run(() => Append(path, file =>
        {
            var unknown = JournalContents.Read(file).Records
                .Where(record => record.Outcome.Status == OutcomeStatus.Unknown && !IsUnderWay(record, clock))
                .ToDictionary(static record => RowKey.From(record.Outcome.Row, record.Number));
            return resolutions
                .Where(one => unknown.ContainsKey(KeyOf(one.Row)))
                .Select(one => (unknown[KeyOf(one.Row)], one.Resolution));
        }));

    private static RowKey KeyOf(UnknownRow row) => RowKey.From(row.Outcome.Row, row.Number);

    private static IReadOnlyList<RowOutcome> Resolve(string path, string iccid, string? imei, OutcomeStatus status, string? comment, TimeProvider clock)
    {
        var resolution = new RowResolution { Status = status, Comment = comment, ResolvedAt = clock.GetUtcNow() };
        return Append(path, file => Find(file, iccid, imei, clock).Select(record => (record, resolution)));
    }

    private static IReadOnlyList<RowOutcome> Append(string path, Func<JournalFile, IEnumerable<(JournalRecord Record, RowResolution Resolution)>> select)
    {
        using var file = JournalFile.OpenToWrite(path, isToCreate: false);
        try
        {
            var history = JournalHistory.Load(file);
            Journal.RequireOriginal(file, history);
            var selected = select(file).ToList();
            Journal.PrepareToAppend(file, history);
            file.Append(
                [.. selected.Select(static one => new PendingLine(
                    JournalLineFormatter.Resolution(one.Record.Outcome.Row, one.Record.Number, one.Resolution),
                    one.Record.History.Intent > 0 ? RoomChange.Use : RoomChange.None))],
                isForced: true,
                isWatched: true);
            return [.. selected.Select(static one => new RowOutcome
            {
                Row = one.Record.Outcome.Row,
                Status = one.Resolution.Status,
                Code = OutcomeCode.Resolved,
                Message = one.Resolution.Comment,
                CompletedAt = one.Resolution.ResolvedAt,
                Resolution = one.Resolution,
            })];
        }
        catch (IOException failure)
        {
            throw new JournalException(JournalErrorCode.NotWritable, path, failure.Message, failure);
        }
    }

    private static List<JournalRecord> Find(JournalFile file, string iccid, string? imei, TimeProvider clock)
    {
        var rows = JournalContents.Read(file).Records
            .Where(record => record.Outcome.Row.Iccid == iccid && (imei is null || record.Outcome.Row.Imei == imei))
            .ToList();
        var unknown = rows.FindAll(static record => record.Outcome.Status == OutcomeStatus.Unknown);
        var code = rows.Count == 0 ? JournalErrorCode.RowNotFound
            : unknown.Count == 0 ? JournalErrorCode.RowNotUnknown
            : unknown.Exists(record => IsUnderWay(record, clock)) ? JournalErrorCode.RowUnderWay
            : null;
        return code is null ? unknown : throw new JournalException(code, file.Path, iccid);
    }

    /// <summary>During the life of its timestamp, the next run resends the same request and learns more than a person can.</summary>
    private static bool IsUnderWay(JournalRecord record, TimeProvider clock) =>
        record.History.Intent > 0 && DoubtRules.MayResend((clock.GetUtcNow() - record.Outcome.CompletedAt).Duration());
}
