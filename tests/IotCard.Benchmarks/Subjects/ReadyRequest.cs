using IotCard.Client.Cards;
using IotCard.Client.Service;
using IotCard.Client.Signing;

namespace IotCard.Benchmarks.Subjects;

/// <summary>A request that was signed in advance.</summary>
/// <param name="Uri">The address, with the parameters in the query.</param>
/// <param name="Headers">The headers, including the signature.</param>
internal sealed record ReadyRequest(Uri Uri, KeyValuePair<string, string>[] Headers)
{
    /// <summary>Signs the requests of an iteration as the module would, each with its own nonce.</summary>
    internal static ReadyRequest[] For(Iteration iteration)
    {
        var workload = iteration.Workload;
        var api = new BindingApi(iteration.Endpoint!);
        var signer = new RequestSigner(SignatureMethod.Acs3HmacSha256);
        var credential = new Credential(iteration.AccessKeyId, iteration.AccessKeySecret);
        var nonces = new RandomNonceSource();
        return [.. Enumerable.Range(0, workload.Cards).Select(i =>
        {
            var (iccid, imei, newImei) = workload[i];
            var call = api.ToCall(BindingRow.Rebind(iccid, imei, newImei));
            using var message = signer.Sign(call, credential, nonces.Next(), DateTimeOffset.UtcNow).ToMessage();
            return new ReadyRequest(
                message.RequestUri!,
                [.. message.Headers.NonValidated.Select(header => KeyValuePair.Create(header.Key, header.Value.ToString()))]);
        })];
    }
}
