using System.Text;

namespace IotCard.Input;

/// <summary>
/// Recognizes columns by what a person reads: only letters and digits count, without regard to case and width, so that
/// <c>New IMEI</c>, <c>new_imei</c> and a name with a byte order mark are all <c>NewImei</c>.
/// </summary>
internal static class ColumnNames
{
    /// <summary>What makes a column with an IMEI one with a new IMEI, such as <c>IMEI (new)</c> or <c>换绑IMEI</c>.</summary>
    private static readonly string[] WordsForNew = ["NEW", "TARGET", "REPLACE", "新", "目标", "目標", "换", "換"];

    /// <summary>Recognizes a column.</summary>
    /// <param name="name">The column's name.</param>
    /// <returns>What it means; null if it is the caller's own.</returns>
    internal static InputColumn? Recognize(string name)
    {
        var letters = Fold(name);
        return FindKnown(letters) ?? (WordsForNew.Any(word => HasBoth(letters, "IMEI", word)) ? InputColumn.PerhapsNewImei : null);
    }

    // The first name of each is the parameter's; the others are its aliases.
    private static InputColumn? FindKnown(string letters) => letters switch
    {
        "ICCID" => InputColumn.Iccid,
        "IMEI" or "CURRENTIMEI" or "设备IMEI" or "当前IMEI" => InputColumn.Imei,
        "NEWIMEI" or "TARGETIMEI" or "新设备IMEI" or "新IMEI" => InputColumn.NewImei,
        "NEWDEVICE" or "TARGETDEVICE" or "新设备" => InputColumn.PerhapsNewImei,
        "OUTCOME" => InputColumn.Outcome,
        _ => null,
    };

    /// <summary>The letters and digits of a text, in upper case and of the usual width.</summary>
    internal static string Fold(string text)
    {
        var letters = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            // Full-width forms lie at a fixed distance from ASCII; a Turkish upper or lower case has an i of its own.
            var usual = c switch
            {
                >= '\uFF01' and <= '\uFF5E' => (char)(c - '\uFF01' + '!'),
                '\u0130' or '\u0131' => 'I',
                _ => c,
            };
            if (char.IsLetterOrDigit(usual))
            {
                letters.Append(char.ToUpperInvariant(usual));
            }
        }

        return letters.ToString();
    }

    private static bool HasBoth(string letters, string one, string other) => letters.Contains(one) && letters.Contains(other);
}
