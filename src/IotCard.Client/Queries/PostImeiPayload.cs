namespace IotCard.Client.Queries;

/// <summary>Whether a device is now uploaded.</summary>
internal sealed class PostImeiPayload
{
    public bool? IsPostSuccess { get; set; }
}
