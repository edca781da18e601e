namespace IotCard.Benchmarks.Subjects;

/// <summary>What the module does in an iteration. Each task has a function in <c>pwsh/Subject.ps1</c>.</summary>
internal enum ShellTask
{
    /// <summary>Rebinds rows that were read in advance.</summary>
    Binding,

    /// <summary>Rebinds rows from their file, and looks at the managed memory when the first result comes.</summary>
    List,

    /// <summary>Checks rows offline.</summary>
    Check,

    /// <summary>Rebinds rows with the module that only signs and sends.</summary>
    Bare,
}
