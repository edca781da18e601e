using System.Runtime.CompilerServices;
using IotCard.Client.Cards;
using IotCard.Client.Journaling;

namespace IotCard.Client.Tests.Journaling;

/// <summary>Every row of a journal is in flight once, so what is kept of rows that have ended adds up.</summary>
public sealed class UnknownRowsTests
{
    [Fact]
    public void Nothing_is_kept_of_a_card_whose_rows_have_all_ended()
    {
        var rows = new UnknownRows();
        var open = SyntheticNumbers.Iccid(0);
        rows.Add(open, RowKey.From(BindingRow.Unbind(open, SyntheticNumbers.Imei(0)), 1), offset: 100);

        var ended = AddAndEnd(rows);
        GC.Collect();

        Assert.False(ended.IsAlive);
        Assert.True(rows.ContainsEarlier(open, offset: 0));
    }

    // In a method of its own, so that no local variable keeps the card.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference AddAndEnd(UnknownRows rows)
    {
        var iccid = SyntheticNumbers.Iccid(1);
        RowKey[] keys = [.. Enumerable.Range(1, 2).Select(number => RowKey.From(BindingRow.Unbind(iccid, SyntheticNumbers.Imei(1)), number))];
        foreach (var key in keys)
        {
            rows.Add(iccid, key, offset: 200);
        }

        foreach (var key in keys)
        {
            rows.Remove(iccid, key);
        }

        return new WeakReference(iccid);
    }
}
