using IotCard.Client.Cards;
using IotCard.Client.Credentials;
using IotCard.Client.Service;
using IotCard.Client.Signing;

namespace IotCard.Client.Sending;

/// <summary>Carries rows out, one request a row. Safe for concurrent use.</summary>
public sealed class OperationSender
{
    private readonly SenderOptions _options;
    private readonly ICredentialProvider _credentials;
    private readonly ServiceTransport _transport;
    private readonly RequestSigner _signer;

    /// <summary>Makes a sender.</summary>
    /// <param name="options">Where and how to send.</param>
    /// <param name="credentials">Whose requests they are.</param>
    /// <param name="transport">What sends them; its owner disposes it.</param>
    public OperationSender(SenderOptions options, ICredentialProvider credentials, ServiceTransport transport)
    {
        ArgumentNullException.ThrowIfNull(options);

        _options = options;
        _credentials = credentials;
        _transport = transport;
        _signer = new RequestSigner(options.SignatureMethod);
    }

    /// <summary>Carries a row out.</summary>
    /// <param name="row">A row that <see cref="RowCheck"/> found no fault with.</param>
    /// <param name="cancellationToken">Gives it up; what became of a request under way is then not known.</param>
    /// <returns>What became of the row.</returns>
    /// <exception cref="CredentialException">There is no credential to sign with.</exception>
    /// <exception cref="OperationCanceledException">It was given up.</exception>
    public async Task<RowOutcome> SendAsync(BindingRow row, CancellationToken cancellationToken)
    {
        var credential = await _credentials.GetCredentialAsync(cancellationToken).ConfigureAwait(false);
        var call = BindingApi.ToCall(_options.Endpoint, row, _options.MidChannelId);
        var request = _signer.Sign(call, credential, _options.Nonces.Next(), _options.Clock.GetUtcNow());
        var start = _options.Clock.GetTimestamp();
        var end = await _transport.SendAsync(request, cancellationToken).ConfigureAwait(false);
        return RowVerdict.Of(row, end) with
        {
            Attempts = 1,
            Elapsed = _options.Clock.GetElapsedTime(start),
            CompletedAt = _options.Clock.GetUtcNow(),
        };
    }
}
