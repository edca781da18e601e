using IotCard.Client.Signing;

namespace IotCard.Client.Sending;

/// <summary>Hears of each request before it leaves, so that a run that dies can tell afterwards what may have arrived.</summary>
public interface IIntentLog
{
    /// <summary>Records that a request is about to leave. The request is sent only once this has completed.</summary>
    /// <param name="request">The request.</param>
    /// <param name="accessKeyId">The AccessKey ID that it is signed with.</param>
    /// <param name="cancellationToken">Gives it up; the request is then not sent.</param>
    /// <returns>A task that completes when the record is safe.</returns>
    ValueTask RecordAsync(SignedRequest request, string accessKeyId, CancellationToken cancellationToken);
}
