namespace IotCard.Client.Journaling;

/// <summary>A line to append.</summary>
/// <param name="Bytes">The line, including its line feed.</param>
/// <param name="Room">Its effect on the room reserved for outcomes.</param>
internal readonly record struct PendingLine(byte[] Bytes, RoomChange Room = RoomChange.None);
