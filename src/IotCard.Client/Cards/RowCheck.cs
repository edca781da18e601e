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

    /// <summary>Finds a row's first fault.</summary>
    /// <param name="row">The row.</param>
    /// <param name="skipCheckDigit">Whether to accept a new IMEI with a wrong check digit.</param>
    /// <returns>The fault; null if the row may be sent.</returns>
    public static RowFault? FindFault(BindingRow row, bool skipCheckDigit = false)
    {
        ArgumentNullException.ThrowIfNull(row);

        return FindIccidFault(row.Iccid)
            ?? FindImeiFault(row.Imei, nameof(row.Imei))
            ?? (row.Operation == BindingOperation.Rebind ? FindNewImeiFault(row, skipCheckDigit) : null);
    }

    /// <summary>Finds an ICCID's first fault.</summary>
    internal static RowFault? FindIccidFault(string iccid) =>
        FindShapeFault(iccid, nameof(BindingRow.Iccid), 19, 20, IsAsciiLetterOrDigit)
        ?? (iccid.StartsWith(IccidPrefix, StringComparison.Ordinal) ? null : new(RowFaultReason.Prefix, nameof(BindingRow.Iccid), iccid));

    /// <summary>Finds an IMEI's first fault.</summary>
    internal static RowFault? FindImeiFault(string imei, string field) => FindShapeFault(imei, field, 14, 16, IsAsciiDigit);

    private static RowFault? FindNewImeiFault(BindingRow row, bool skipCheckDigit)
    {
        const string Field = nameof(row.NewImei);
        var newImei = row.NewImei ?? string.Empty;
        if (FindImeiFault(newImei, Field) is { } fault)
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

    private static RowFault? FindShapeFault(string text, string field, int minimum, int maximum, Func<char, bool> isAllowed)
    {
        if (text.Length == 0)
        {
            return new(RowFaultReason.Empty, field, text);
        }

        for (var i = 0; i < text.Length; i++)
        {
            if (!isAllowed(text[i]))
            {
                return SpreadsheetNumber.Matches(text)
                    ? new(RowFaultReason.SpreadsheetNumber, field, text)
                    : new(RowFaultReason.Character, field, text, i);
            }
        }

        if (text.Length >= minimum && text.Length <= maximum)
        {
            return null;
        }

        return new(SpreadsheetNumber.Matches(text) ? RowFaultReason.SpreadsheetNumber : RowFaultReason.Length, field, text);
    }

    private static bool IsAsciiDigit(char c) => c is >= '0' and <= '9';

    private static bool IsAsciiLetterOrDigit(char c) =>
        c is (>= '0' and <= '9') or (>= 'A' and <= 'Z') or (>= 'a' and <= 'z');
}
