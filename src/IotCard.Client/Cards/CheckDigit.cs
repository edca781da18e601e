namespace IotCard.Client.Cards;

/// <summary>The Luhn check digit (ISO/IEC 7812-1, annex B) that ends an IMEI (3GPP TS 23.003, annex B) and many ICCIDs (ITU-T E.118).</summary>
public static class CheckDigit
{
    /// <summary>Checks the last digit against the others.</summary>
    /// <param name="digits">ASCII digits, at least two.</param>
    /// <returns>True if it is the right check digit; false if not, or if a character is not an ASCII digit.</returns>
    public static bool IsValid(string digits)
    {
        ArgumentNullException.ThrowIfNull(digits);

        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[digits.Length - 1 - i] - '0';
            if (digit is < 0 or > 9)
            {
                return false;
            }

            var weighted = i % 2 == 0 ? digit : digit * 2;
            sum += weighted > 9 ? weighted - 9 : weighted;
        }

        return digits.Length >= 2 && sum % 10 == 0;
    }
}
