using IotCard.Client.Rules;

namespace IotCard.Client.Journaling;

/// <summary>Finds the requests of a journal that may have been executed without an answer.</summary>
internal static class SentRequests
{
    /// <summary>Reads them, by row: the last request of each run since the row was last known not to be in doubt.</summary>
    internal static IReadOnlyDictionary<RowKey, IReadOnlyList<RecordedIntent>> Read(JournalFile file)
    {
        var requests = new Dictionary<RowKey, List<(RecordedIntent Intent, int Run)>>();
        var scan = new JournalScan(file);
        while (scan.TryRead(out var line, out _))
        {
            if (!line.BelongsToRow)
            {
                continue;
            }

            var key = RowKey.From(line.Iccid!, line.Imei!, line.NewImei, line.Number!.Value);
            if (line.IsIntent)
            {
                Add(key, JournalFormat.IntentOf(line), scan.Run);
            }
            else if (JournalFormat.StatusOf(line) != OutcomeStatus.Unknown)
            {
                requests.Remove(key);
            }
        }

        return requests.ToDictionary(static row => row.Key, static row => (IReadOnlyList<RecordedIntent>)[.. row.Value.Select(static sent => sent.Intent)]);

        // A run signs a request anew only once the one before is known not to have been executed.
        void Add(RowKey key, RecordedIntent intent, int run)
        {
            if (!requests.TryGetValue(key, out var sent))
            {
                requests.Add(key, sent = []);
            }

            sent.RemoveAll(earlier => earlier.Run == run);
            sent.Add((intent, run));
        }
    }
}
