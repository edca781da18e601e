using System.Globalization;
using System.Text;
using System.Text.Json;
using IotCard.Client.Cards;

namespace IotCard.Client.Journaling;

/// <summary>What is left of a line whose end is missing. Its request may have been sent, so every row that it may belong to is in doubt.</summary>
internal sealed class TornLine
{
    private readonly Dictionary<string, string> _members = new(StringComparer.Ordinal);
    private string? _cutMember;
    private string _cutValue = string.Empty;

    private TornLine(string fragment) => Fragment = fragment;

    internal string Fragment { get; }

    /// <summary>The offset in the file.</summary>
    internal long Offset { get; init; }

    /// <summary>Whether it is a hole before lines that are whole, so that it stays where it is.</summary>
    internal bool IsHole { get; private init; }

    /// <summary>The number of the run that wrote it.</summary>
    internal int Run { get; init; }

    /// <summary>Whether it belongs to no row: the beginning of a line about the run.</summary>
    internal bool BelongsToNoRow { get; private set; }

    private bool IsWhole => _members.ContainsKey("number");

    /// <summary>Reads a fragment of a line.</summary>
    /// <param name="bytes">The fragment.</param>
    /// <param name="offset">The offset in the file.</param>
    /// <param name="run">The number of the run that wrote it.</param>
    /// <returns>Null if the bytes are not the beginning of a line, but damage.</returns>
    internal static TornLine? TryRead(ReadOnlySpan<byte> bytes, long offset, int run)
    {
        if (bytes.Length == 0 || bytes[0] != (byte)'{')
        {
            return null;
        }

        // A truncated character is dropped.
        var fragment = Encoding.UTF8.GetString(bytes.ToArray()).TrimEnd('\uFFFD');
        var torn = new TornLine(fragment) { Offset = offset, Run = run, BelongsToNoRow = BelongsToRun(fragment) };
        return torn.ReadMembers(bytes) ? torn : null;
    }

    /// <summary>Reads the fragment in a <c>torn</c> line; null for a line of another kind.</summary>
    internal static TornLine? TryRead(JournalLine line, long offset, int run) =>
        line.Kind != JournalFormat.TornKind ? null
        : line.Offset is { } hole ? OfHole(hole, run)
        : TryRead(Encoding.UTF8.GetBytes(line.Fragment!), offset, run);

    /// <summary>A hole, in which whole lines may have been: nothing is known of their rows.</summary>
    internal static TornLine OfHole(long offset, int run) => new(string.Empty) { Offset = offset, Run = run, IsHole = true };

    /// <summary>Gives the line its number, if it has none but says the row's position in the input.</summary>
    internal void Number(RowNumbering numbering)
    {
        if (!IsWhole && _members.TryGetValue("row", out var text) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var position)
            && _members.TryGetValue("iccid", out var iccid) && _members.TryGetValue("imei", out var imei))
        {
            _members.TryGetValue("newImei", out var newImei);
            _members["number"] = numbering.NumberOf(iccid, imei, newImei, position).ToString(CultureInfo.InvariantCulture);
        }
    }

    /// <summary>Whether the line may belong to this row.</summary>
    internal bool MayBelongTo(BindingRow row, int number) =>
        !BelongsToNoRow
        && Agrees("iccid", row.Iccid)
        && Agrees("imei", row.Imei)
        && Agrees("newImei", row.NewImei)
        && Agrees("number", number.ToString(CultureInfo.InvariantCulture));

    /// <summary>The row, if enough is left to identify it.</summary>
    internal bool TryGetRow(BindingOperation operation, out BindingRow? row, out int number)
    {
        row = null;
        number = 0;
        if (!IsWhole || !_members.TryGetValue("iccid", out var iccid) || !_members.TryGetValue("imei", out var imei)
            || !int.TryParse(_members["number"], NumberStyles.None, CultureInfo.InvariantCulture, out number))
        {
            return false;
        }

        _members.TryGetValue("newImei", out var newImei);
        row = new BindingRow(operation, iccid, imei, newImei);
        return true;
    }

    private static bool BelongsToRun(string fragment)
    {
        const string Begin = "{\"kind\":\"";
        string[] kinds = [Begin + "run\"", Begin + "list\""];
        return Array.Exists(kinds, kind => fragment.StartsWith(kind, StringComparison.Ordinal)
            || (fragment.Length > Begin.Length && kind.StartsWith(fragment, StringComparison.Ordinal)));
    }

    private bool Agrees(string name, string? value) =>
        _members.TryGetValue(name, out var whole) ? whole == value
        : _cutMember == name ? value is not null && value.StartsWith(_cutValue, StringComparison.Ordinal)
        : !IsWhole || value is null;

    private bool ReadMembers(ReadOnlySpan<byte> bytes)
    {
        var reader = new Utf8JsonReader(bytes, isFinalBlock: false, state: default);
        string? name = null;
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName)
                {
                    name = reader.GetString();
                }
                else if (reader.TokenType == JsonTokenType.EndObject)
                {
                    // Only the line feed is missing, so the checksum, which is wrong, has already decided.
                    return false;
                }
                else if (name is not null)
                {
                    _members[name] = reader.TokenType == JsonTokenType.String
                        ? reader.GetString()!
                        : Encoding.UTF8.GetString(reader.ValueSpan.ToArray());
                    name = null;
                }
            }
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            return false;
        }

        _cutMember = name;
        _cutValue = Encoding.UTF8.GetString(bytes[(int)reader.BytesConsumed..].ToArray()).TrimStart(':', ' ').TrimStart('"');
        return true;
    }
}
