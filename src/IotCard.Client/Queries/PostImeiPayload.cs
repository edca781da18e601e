namespace IotCard.Client.Queries;

/// <summary>Whether a device is uploaded now.</summary>
internal sealed class PostImeiPayload
{
    public bool? IsPostSuccess { get; set; }
}
