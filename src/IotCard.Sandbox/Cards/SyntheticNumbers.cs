using System.Globalization;

namespace IotCard.Sandbox.Cards;

/// <summary>Made-up identifiers with valid check digits: the n-th is always the same, and no two are alike.</summary>
public static class SyntheticNumbers
{
    private const int SerialsPerType = 1_000_000;
    private const int FirstTypeCode = 86_000_000;

    /// <summary>The n-th ICCID: 20 digits, starting 898604. It never ends in the zeros of a number that a spreadsheet has rounded.</summary>
    /// <param name="n">0 or more.</param>
    /// <returns>The ICCID.</returns>
    public static string Iccid(int n)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        return WithCheckDigit(string.Create(CultureInfo.InvariantCulture, $"898604{n:D12}8"));
    }

    /// <summary>The n-th IMEI: 15 digits, starting 86.</summary>
    /// <param name="n">0 or more.</param>
    /// <returns>The IMEI.</returns>
    public static string Imei(int n)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        return WithCheckDigit(string.Create(CultureInfo.InvariantCulture, $"{FirstTypeCode + (n / SerialsPerType):D8}{n % SerialsPerType:D6}"));
    }

    // Luhn, as 3GPP TS 23.003 defines it for the IMEI.
    private static string WithCheckDigit(string digits)
    {
        var sum = 0;
        var doubled = true;
        for (var i = digits.Length - 1; i >= 0; i--, doubled = !doubled)
        {
            var digit = digits[i] - '0';
            if (doubled)
            {
                digit = digit > 4 ? (digit * 2) - 9 : digit * 2;
            }

            sum += digit;
        }

        return digits + (char)('0' + ((10 - (sum % 10)) % 10));
    }
}
