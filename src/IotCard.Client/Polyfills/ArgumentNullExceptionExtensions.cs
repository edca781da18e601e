#if !NET
using System.Runtime.CompilerServices;

namespace IotCard.Client.Polyfills;

internal static class ArgumentNullExceptionExtensions
{
    extension(ArgumentNullException)
    {
        internal static void ThrowIfNull(
            [System.Diagnostics.CodeAnalysis.NotNull] object? argument,
            [CallerArgumentExpression(nameof(argument))] string? paramName = null)
        {
            if (argument is null)
            {
                throw new ArgumentNullException(paramName);
            }
        }
    }
}
#endif
