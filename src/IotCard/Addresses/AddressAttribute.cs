using System.Management.Automation;

namespace IotCard.Addresses;

/// <summary>
/// Marks a parameter that takes an address as text. PowerShell would quote the value of a <see cref="Uri"/> parameter
/// that does not parse, password included, and keep it in <c>$Error</c>. A <see cref="Uri"/> object is taken as it was written.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AddressAttribute : ArgumentTransformationAttribute
{
    /// <summary>Returns the text of a <see cref="Uri"/>, and anything else unchanged.</summary>
    /// <param name="engineIntrinsics">The engine.</param>
    /// <param name="inputData">The argument.</param>
    /// <returns>The text.</returns>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) is Uri address ? address.OriginalString : inputData;
}
