using System.Management.Automation;

namespace EmptyModule;

/// <summary><c>Get-Nothing</c>: does nothing.</summary>
[Cmdlet(VerbsCommon.Get, "Nothing")]
public sealed class GetNothingCommand : Cmdlet;
