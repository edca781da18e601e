namespace IotCard.Client.Queries;

/// <summary>Whether a device was uploaded.</summary>
internal sealed class ImeiExistPayload
{
    public bool? IsImeiExist { get; set; }
}
