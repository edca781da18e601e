namespace IotCard.Client.Journaling;

/// <summary>A line that is about to be appended.</summary>
/// <param name="Bytes">The line, with its line feed.</param>
/// <param name="Room">What it does to the room that is reserved for outcomes.</param>
internal readonly record struct PendingLine(byte[] Bytes, RoomChange Room = RoomChange.None);
