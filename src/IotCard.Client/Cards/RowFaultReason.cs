namespace IotCard.Client.Cards;

/// <summary>Why a row is refused before anything is sent.</summary>
public enum RowFaultReason
{
    /// <summary>The cell is empty.</summary>
    Empty,

    /// <summary>A spreadsheet converted the identifier to a number, such as <c>8.98604E+19</c>; its digits are lost.</summary>
    SpreadsheetNumber,

    /// <summary>The text has a character that is not allowed in the identifier, such as a full-width digit.</summary>
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
