using IotCard.Client.Credentials;
using IotCard.Client.Signing;

namespace IotCard.Client.Tests.Credentials;

internal static class ProviderExtensions
{
    internal static Task<Credential> NowAsync(this ICredentialProvider provider) =>
        provider.GetCredentialAsync(TestContext.Current.CancellationToken).AsTask();

    internal static Task<Credential?> RenewedAsync(this ICredentialProvider provider, Credential expired) =>
        provider.RenewAsync(expired, TestContext.Current.CancellationToken).AsTask();
}
