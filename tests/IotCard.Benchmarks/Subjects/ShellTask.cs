namespace IotCard.Benchmarks.Subjects;

/// <summary>What the module does in an iteration; each has a function of its own in <c>pwsh/Subject.ps1</c>.</summary>
internal enum ShellTask
{
    /// <summary>Rebinds rows that are there beforehand.</summary>
    Binding,

    /// <summary>Rebinds rows that are read from their file meanwhile, with an eye on the managed memory.</summary>
    Memory,

    /// <summary>Checks rows, offline.</summary>
    Check,
}
