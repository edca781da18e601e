namespace IotCard.Client.Cards;

/// <summary>Why a row is refused before anything is sent.</summary>
public enum RowFaultReason
{
    /// <summary>The cell is empty.</summary>
    Empty,

    /// <summary>A spreadsheet made a number of the identifier, such as <c>8.98604E+19</c>; its digits are lost.</summary>
    SpreadsheetNumber,

    /// <summary>The text has a character that the identifier cannot have; full-width digits are such characters.</summary>
    Character,

    /// <summary>The text is too short or too long.</summary>
    Length,

    /// <summary>The ICCID does not start with <c>89</c>, the prefix of telecommunication cards (ITU-T E.118).</summary>
    Prefix,

    /// <summary>The check digit of the new IMEI is wrong.</summary>
    CheckDigit,

    /// <summary>The new IMEI is the one that the card is bound to already.</summary>
    SameImei,
}
