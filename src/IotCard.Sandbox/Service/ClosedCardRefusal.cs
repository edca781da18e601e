namespace IotCard.Sandbox.Service;

/// <summary>
/// How <c>GetCardDetail</c> refuses a closed card that is asked for without <c>DestroyCard</c>. Which of these the
/// product sends is not documented; the codes are those of its metadata.
/// </summary>
public enum ClosedCardRefusal
{
    /// <summary>HTTP 200 with the card product's code for an unknown card, <c>isv.IOT_RES_NOT_EXIST</c>.</summary>
    ResourceNotExist,

    /// <summary>HTTP 400 with <c>linkcard.common.CardDestroy</c>.</summary>
    CardDestroy,

    /// <summary>HTTP 400 with <c>linkcard.common.CardNotExist</c>.</summary>
    CardNotExist,

    /// <summary>HTTP 400 with <c>linkcard.check.IccidCanNotEmpty</c>.</summary>
    IccidCanNotEmpty,

    /// <summary>HTTP 200 with <c>Success</c> false and a numeric code.</summary>
    NotSuccessful,
}
