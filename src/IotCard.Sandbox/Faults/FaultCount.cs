using System.Runtime.InteropServices;

namespace IotCard.Sandbox;

/// <summary>How often a kind of fault was injected.</summary>
/// <param name="Injected">How often in all.</param>
/// <param name="CarriedOut">How often on a request whose operation had been carried out by then.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct FaultCount(long Injected, long CarriedOut);
