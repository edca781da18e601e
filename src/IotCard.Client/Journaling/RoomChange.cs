namespace IotCard.Client.Journaling;

/// <summary>A line's effect on the room reserved for outcomes.</summary>
internal enum RoomChange
{
    /// <summary>An outcome that uses the room reserved by its intent, so that it can be written on a full disk.</summary>
    Use = -1,

    /// <summary>No effect.</summary>
    None = 0,

    /// <summary>An intent that reserves room for its outcome.</summary>
    Reserve = 1,
}
