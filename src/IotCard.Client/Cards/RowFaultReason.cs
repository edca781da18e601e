namespace IotCard.Client.Cards;

/// <summary>Why a row is refused before anything is sent.</summary>
public enum RowFaultReason
{
    /// <summary>The cell is empty.</summary>
    Empty,

    /// <summary>A spreadsheet converted the identifier to a number, such as <c>8.98604E+19</c>; its digits are lost.</summary>
    SpreadsheetNumber,

    /// <summary>
    /// A spreadsheet converted the ICCID to a number and wrote it out again: its digits from the sixteenth on are zeros.
    /// One genuine card in ten thousand looks the same.
    /// </summary>
    Rounded,

    /// <summary>
    /// The IMEI has 14 digits, and a right check digit if a zero is put before it: a spreadsheet has probably removed
    /// that zero. One IMEI in ten that is written without its check digit looks the same.
    /// </summary>
    LeadingZeroLost,

    /// <summary>The text has a letter O, which no identifier has, instead of a zero.</summary>
    LetterO,

    /// <summary>The text has digits of double width, as an input method for Chinese types them.</summary>
    FullWidth,

    /// <summary>The text ends with the filler F that a card's memory or a protocol has after an odd number of digits.</summary>
    Filler,

    /// <summary>The text has a character that is not allowed in the identifier.</summary>
    Character,

    /// <summary>The text is too short or too long.</summary>
    Length,

    /// <summary>The ICCID does not start with <c>89</c>, the prefix for telecommunications (ITU-T E.118).</summary>
    Prefix,

    /// <summary>The check digit of the new IMEI is wrong.</summary>
    CheckDigit,

    /// <summary>The new IMEI is the one that the card is already bound to.</summary>
    SameImei,
}
