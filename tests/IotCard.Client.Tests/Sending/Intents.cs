using IotCard.Client.Rules;
using IotCard.Client.Sending;
using IotCard.Client.Service;
using IotCard.Client.Signing;

namespace IotCard.Client.Tests.Sending;

/// <summary>The records of requests that tests have signed, for the default endpoint and method.</summary>
internal static class Intents
{
    private static readonly IntentFingerprint Fingerprint = new(SignatureMethod.Acs3HmacSha256, BindingApi.DefaultEndpoint, channel: null);

    internal static RecordedIntent Record(SignedRequest request, string accessKeyId) => Fingerprint.Record(request, new Credential(accessKeyId, "secret"));

    internal static bool Matches(RecordedIntent intent, SignedRequest request, string accessKeyId) =>
        Fingerprint.FindDifference(intent, request, new Credential(accessKeyId, "secret")) is null;
}
