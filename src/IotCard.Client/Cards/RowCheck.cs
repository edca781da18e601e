namespace IotCard.Client.Cards;

/// <summary>
/// Decides whether a row may be sent. The formats are those of cards and devices in the field: an ICCID is <c>89</c>
/// and 17 or 18 more letters or digits, with letter case kept and the check digit not relied upon (ITU-T E.118; Chinese
/// cards contain letters); an IMEI has 15 digits, but 14 (without the check digit) and 16 (IMEISV) are also in use
/// (3GPP TS 23.003).
/// </summary>
public static class RowCheck
{
    private const string IccidPrefix = "89";

    private static readonly char[] Filler = ['F', 'f'];

    /// <summary>Finds a row's first fault.</summary>
    /// <param name="row">The row.</param>
    /// <param name="skipCheckDigit">Whether to accept IMEIs that their check digit speaks against.</param>
    /// <param name="acceptRounded">Whether to accept an ICCID that looks as if a spreadsheet had rounded it.</param>
    /// <returns>The fault; null if the row may be sent.</returns>
    public static RowFault? FindFault(BindingRow row, bool skipCheckDigit = false, bool acceptRounded = false)
    {
        ArgumentNullException.ThrowIfNull(row);

        return FindIccidFault(row.Iccid)
            ?? (!acceptRounded && SpreadsheetNumber.IsRounded(row.Iccid) ? new RowFault(RowFaultReason.Rounded, nameof(row.Iccid), row.Iccid) : null)
            ?? FindImeiFault(row.Imei, nameof(row.Imei), skipCheckDigit)
            ?? (row.Operation == BindingOperation.Rebind ? FindNewImeiFault(row, skipCheckDigit) : null);
    }

    /// <summary>Finds the first fault in an ICCID's form.</summary>
    internal static RowFault? FindIccidFault(string iccid) =>
        FindFormFault(iccid, nameof(BindingRow.Iccid), 19, 20, IndexOfNonAlphanumeric(iccid))
        ?? (iccid.StartsWith(IccidPrefix, StringComparison.Ordinal) ? null : new RowFault(RowFaultReason.Prefix, nameof(BindingRow.Iccid), iccid))
        ?? FindLetterFault(iccid);

    /// <summary>Finds the first fault in an IMEI's form.</summary>
    internal static RowFault? FindImeiFault(string imei, string field) => FindFormFault(imei, field, 14, 16, IndexOfNonDigit(imei));

    private static RowFault? FindImeiFault(string imei, string field, bool skipCheckDigit) =>
        FindImeiFault(imei, field)
        ?? (imei.Length == 14 && !skipCheckDigit && CheckDigit.IsValid("0" + imei) ? new RowFault(RowFaultReason.LeadingZeroLost, field, imei) : null);

    private static RowFault? FindNewImeiFault(BindingRow row, bool skipCheckDigit)
    {
        const string Field = nameof(row.NewImei);
        var newImei = row.NewImei ?? string.Empty;
        if (FindImeiFault(newImei, Field, skipCheckDigit) is { } fault)
        {
            return fault;
        }

        if (string.Equals(newImei, row.Imei, StringComparison.Ordinal))
        {
            return new(RowFaultReason.SameImei, Field, newImei);
        }

        return newImei.Length == 15 && !skipCheckDigit && !CheckDigit.IsValid(newImei)
            ? new(RowFaultReason.CheckDigit, Field, newImei)
            : null;
    }

    private static RowFault? FindFormFault(string text, string field, int minimum, int maximum, int notAllowed)
    {
        if (text.Length == 0)
        {
            return new(RowFaultReason.Empty, field, text);
        }

        if (notAllowed >= 0)
        {
            return SpreadsheetNumber.Matches(text)
                ? new(RowFaultReason.SpreadsheetNumber, field, text)
                : new(ReasonFor(text, notAllowed), field, text, notAllowed);
        }

        if (text.Length >= minimum && text.Length <= maximum)
        {
            return null;
        }

        return new(SpreadsheetNumber.Matches(text) ? RowFaultReason.SpreadsheetNumber : RowFaultReason.Length, field, text);
    }

    private static RowFaultReason ReasonFor(string text, int position) => text[position] switch
    {
        >= '\uFF10' and <= '\uFF19' => RowFaultReason.FullWidth,
        'O' or 'o' => RowFaultReason.LetterO,
        'F' or 'f' when position == FindFiller(text) => RowFaultReason.Filler,
        _ => RowFaultReason.Character,
    };

    /// <summary>Finds what must not stand for a digit in an ICCID, although letters may occur in it.</summary>
    private static RowFault? FindLetterFault(string iccid)
    {
        if (iccid.AsSpan().IndexOfAny('O', 'o') is var letter and >= 0)
        {
            return new(RowFaultReason.LetterO, nameof(BindingRow.Iccid), iccid, letter);
        }

        return FindFiller(iccid) is var filler and >= 0 ? new RowFault(RowFaultReason.Filler, nameof(BindingRow.Iccid), iccid, filler) : null;
    }

    /// <summary>The position of the letters F that follow digits only; -1 if the text has none, or any other letter.</summary>
    private static int FindFiller(string text)
    {
        var digits = text.TrimEnd(Filler);
        return digits.Length < text.Length && IndexOfNonDigit(digits) < 0 ? digits.Length : -1;
    }

    /// <summary>The first character that is not an ASCII digit; -1 if there is none.</summary>
    private static int IndexOfNonDigit(string text) => text.AsSpan().IndexOfAnyExceptInRange('0', '9');

    /// <summary>The first character that is neither an ASCII letter nor an ASCII digit; -1 if there is none.</summary>
    private static int IndexOfNonAlphanumeric(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is not ((>= '0' and <= '9') or (>= 'A' and <= 'Z') or (>= 'a' and <= 'z')))
            {
                return i;
            }
        }

        return -1;
    }
}
