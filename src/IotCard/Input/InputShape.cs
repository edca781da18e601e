namespace IotCard.Input;

/// <summary>What an input object is, apart from its columns.</summary>
internal enum InputShape
{
    /// <summary>An object with properties.</summary>
    Row,

    /// <summary>No object: the command line gives the row by parameters alone.</summary>
    Parameters,

    /// <summary><c>$null</c>.</summary>
    Nothing,

    /// <summary>A text, such as a line of a file.</summary>
    Text,

    /// <summary>A number or another plain value.</summary>
    Value,

    /// <summary>A hashtable, whose keys are not properties.</summary>
    Dictionary,

    /// <summary>An array or another list, given as one object.</summary>
    List,
}
