namespace IotCard.Client.Journaling;

/// <summary>The disk has no room for lines without reserved room.</summary>
internal sealed class NoRoomException(IOException cause) : IOException(cause.Message, cause);
