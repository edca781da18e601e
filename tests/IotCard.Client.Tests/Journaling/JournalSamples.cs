using IotCard.Client.Cards;
using IotCard.Client.Journaling;
using IotCard.Client.Rules;
using IotCard.Client.Tests.Sending;

namespace IotCard.Client.Tests.Journaling;

/// <summary>Rows and records that the tests of the journal share.</summary>
internal static class JournalSamples
{
    internal static readonly JournalJob Job = new(BindingOperation.Unbind, new Uri("https://dyiotapi.aliyuncs.com"));

    internal static BindingRow Row(int n) => BindingRow.Unbind(SyntheticNumbers.Iccid(n), SyntheticNumbers.Imei(n));

    internal static RowOutcome Outcome(BindingRow row, OutcomeStatus status = OutcomeStatus.Succeeded) => new()
    {
        Row = row,
        Status = status,
        Code = status switch { OutcomeStatus.Succeeded => OutcomeCode.Ok, OutcomeStatus.Failed => "isv.IOT_RES_NOT_EXIST", _ => OutcomeCode.OutcomeUnknown },
        CompletedAt = DateTimeOffset.UnixEpoch,
    };

    internal static ValueTask RecordIntentAsync(IRowRecord record, BindingRow row) =>
        record.RecordIntentAsync(Intents.Record(DamageTests.Sign(row), "id"), CancellationToken.None);

    /// <summary>Settles all Unknown rows of a card, as a person does.</summary>
    internal static async Task<IReadOnlyList<RowOutcome>> ResolveAsync(
        string path, string iccid, string? imei, OutcomeStatus status, string? comment, TimeProvider clock)
    {
        var resolution = new RowResolution { Status = status, ResolvedAt = clock.GetUtcNow(), Comment = comment };
        return await JournalResolver.ResolveAsync(path, [.. JournalResolver.FindUnknown(path, iccid, imei, clock).Select(row => (row, resolution))], clock);
    }

    /// <summary>Opens a journal on a disk that a test controls.</summary>
    internal static Journal Open(IDiskFile disk, bool isAutomatic = false, TimeProvider? clock = null) =>
        Journal.Open(new JournalFile(disk), Job, clock ?? TimeProvider.System, isAutomatic);
}
