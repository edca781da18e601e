using IotCard.Client.Rules;

namespace IotCard.Client.Queries;

/// <summary>
/// The responses of <c>GetCardDetail</c>: a success has the code 200, as text or a number, and <c>Success</c> true. A
/// failure has <c>Success</c> false, whatever its code; a response without <c>Success</c> is the gateway's.
/// </summary>
internal sealed class CardDetailFormat()
    : PayloadFormat<CardDetailBody>(QueryJsonContext.Default.CardDetailBody, static body => body.Data?.VsimCardInfo)
{
    private const string SuccessCode = "200";

    /// <inheritdoc/>
    internal override AttemptStatus Classify(ServiceResponse response)
    {
        var status = base.Classify(response);
        return response.IsSuccess is not null && !string.IsNullOrEmpty(response.RequestId) && status is AttemptStatus.Lost or AttemptStatus.Refused
            && response.Code is not (GatewayCode.ServiceUnavailable or GatewayCode.InternalError)
                ? AttemptStatus.Answered
                : status;
    }

    /// <inheritdoc/>
    private protected override ServiceResponse Complete(ServiceResponse envelope, CardDetailBody? body)
    {
        var isSuccess = body?.Success == true && envelope.Code == SuccessCode;
        return envelope with
        {
            // From here on a success has the same code for both products.
            Code = isSuccess ? ServiceCode.Ok : envelope.Code,
            Message = envelope.Message ?? body?.LocalizedMessage ?? body?.ErrorMessage,
            IsSuccess = body?.Success,
            Payload = isSuccess ? body!.Data?.VsimCardInfo : null,
        };
    }
}
