namespace IotCard.Input;

/// <summary>The codes of what is wrong with a row's columns.</summary>
internal static class InputFault
{
    /// <summary>The object lacks a column, or is no row at all.</summary>
    internal const string MissingColumn = "MissingColumn";

    /// <summary>A column cannot be read.</summary>
    internal const string UnreadableColumn = "UnreadableColumn";

    /// <summary>Two columns mean the same and disagree.</summary>
    internal const string AmbiguousColumn = "AmbiguousColumn";

    /// <summary>A row to be unbound names a new device.</summary>
    internal const string RowIsARebind = "RowIsARebind";

    /// <summary>An earlier command reported the row's outcome as Unknown.</summary>
    internal const string PriorOutcomeUnknown = "PriorOutcomeUnknown";
}
