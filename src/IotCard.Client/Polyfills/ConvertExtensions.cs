#if !NET
namespace IotCard.Client.Polyfills;

/// <summary>What netstandard2.0 lacks for hexadecimal digits.</summary>
internal static class ConvertExtensions
{
    extension(Convert)
    {
        internal static string ToHexString(byte[] bytes) => BitConverter.ToString(bytes).Replace("-", string.Empty);
    }
}
#endif
