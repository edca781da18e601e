namespace IotCard.Client.Rules;

/// <summary>Is notified of each request before it is sent, so that it is known after a crash what may have arrived.</summary>
internal interface IIntentLog
{
    /// <summary>Records that a request is about to be sent. It is sent only once this has completed.</summary>
    /// <param name="intent">The request.</param>
    /// <param name="cancellationToken">Cancels the record; the request is then not sent.</param>
    /// <returns>A task that completes when the record is safe.</returns>
    ValueTask RecordAsync(RecordedIntent intent, CancellationToken cancellationToken);
}
