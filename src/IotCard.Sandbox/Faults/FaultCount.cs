using System.Runtime.InteropServices;

namespace IotCard.Sandbox.Faults;

/// <summary>How often a kind of fault was injected.</summary>
/// <param name="Injected">How often in total.</param>
/// <param name="Executed">How often for a request whose operation had already been executed.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct FaultCount(long Injected, long Executed);
