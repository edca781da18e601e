namespace IotCard.Client.Journaling;

/// <summary>What a line does to the room that is reserved for outcomes.</summary>
internal enum RoomChange
{
    /// <summary>An outcome that takes the room that its intent had reserved, so that it can be written on a full disk.</summary>
    Use = -1,

    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>An intent that reserves the room for its outcome.</summary>
    Reserve = 1,
}
