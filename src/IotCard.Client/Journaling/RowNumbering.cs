namespace IotCard.Client.Journaling;

/// <summary>
/// Numbers identical rows in the order of their first lines, where a line tells them apart only by the row's position
/// in the input. Not safe for concurrent use.
/// </summary>
internal sealed class RowNumbering
{
    // By position; the last number under position 0, which no row has.
    private readonly Dictionary<RowKey, int> _numbers = [];

    internal int NumberOf(string iccid, string imei, string? newImei, long position)
    {
        var row = RowKey.From(iccid, imei, newImei, position);
        if (!_numbers.TryGetValue(row, out var number))
        {
            var identical = RowKey.From(iccid, imei, newImei, number: 0);
            _numbers.TryGetValue(identical, out number);
            _numbers[identical] = _numbers[row] = ++number;
        }

        return number;
    }
}
