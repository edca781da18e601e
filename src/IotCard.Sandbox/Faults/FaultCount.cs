using System.Runtime.InteropServices;

namespace IotCard.Sandbox.Faults;

/// <summary>How often a kind of fault was injected.</summary>
/// <param name="Injected">How often in all.</param>
/// <param name="Executed">How often on a request whose operation had been executed by then.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct FaultCount(long Injected, long Executed);
