namespace IotCard.Benchmarks.Subjects;

/// <summary>What a shell does in an iteration. Each task has a function in <c>pwsh/Subject.ps1</c>.</summary>
internal enum ShellTask
{
    /// <summary>Rebinds rows that were read in advance.</summary>
    Binding,

    /// <summary>Rebinds rows from their file, and looks at the managed memory when the first result comes.</summary>
    List,

    /// <summary>Rebinds rows from their file, and watches the managed memory.</summary>
    Peak,

    /// <summary>Checks rows offline.</summary>
    Check,

    /// <summary>Rebinds rows with the module that only signs and sends.</summary>
    Bare,

    /// <summary>Rebinds rows with the hand-made script.</summary>
    ByHand,
}
