using IotCard.Client.Rules;

namespace IotCard.Client.Queries;

/// <summary>
/// The responses of <c>GetCardDetail</c>: a success has the code 200, as text or a number, and <c>Success</c> true. A
/// failure has <c>Success</c> false, whatever its code. The product's metadata also lists refusals of a card in the
/// gateway's form, without <c>Success</c>, so that a refusal with any code but the gateway's own is the product's too.
/// </summary>
internal sealed class CardDetailFormat()
    : PayloadFormat<CardDetailBody>(QueryJsonContext.Default.CardDetailBody, static body => body.Data?.VsimCardInfo)
{
    private const string SuccessCode = "200";
    private const string PermissionDenied = "linkcard.common.RamActionPermissionDeny";

    /// <inheritdoc/>
    internal override AttemptStatus Classify(ServiceResponse response)
    {
        var status = base.Classify(response);
        return response.Code == PermissionDenied ? AttemptStatus.Fatal
            : status == AttemptStatus.Refused || (status == AttemptStatus.Lost && IsFailureOfTheProduct(response)) ? AttemptStatus.Answered
            : status;
    }

    private static bool IsFailureOfTheProduct(ServiceResponse response) =>
        response.IsSuccess is not null
        && !string.IsNullOrEmpty(response.RequestId)
        && response.Code is not (GatewayCode.ServiceUnavailable or GatewayCode.InternalError);

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
