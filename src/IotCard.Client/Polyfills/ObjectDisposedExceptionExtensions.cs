#if !NET
namespace IotCard.Client.Polyfills;

internal static class ObjectDisposedExceptionExtensions
{
    extension(ObjectDisposedException)
    {
        internal static void ThrowIf(bool condition, object instance)
        {
            if (condition)
            {
                throw new ObjectDisposedException(instance.GetType().FullName);
            }
        }
    }
}
#endif
