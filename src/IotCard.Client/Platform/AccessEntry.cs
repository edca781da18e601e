namespace IotCard.Client.Platform;

/// <summary>One entry of an access control list.</summary>
/// <param name="Type">What kind of entry: it allows, denies, audits.</param>
/// <param name="Flags">To what it applies.</param>
/// <param name="Rights">The rights.</param>
/// <param name="Sid">Whose: a security identifier.</param>
internal readonly record struct AccessEntry(byte Type, byte Flags, uint Rights, string Sid)
{
    internal const byte Allowed = 0;
    internal const byte Denied = 1;
    internal const byte AllowedConditionally = 9;
    internal const string Everyone = "S-1-1-0";

    private const byte AllowedForSeveral = 4;
    private const byte AllowedForAnObject = 5;
    private const byte AllowedConditionallyForAnObject = 11;
    private const byte InheritOnly = 0x8;

    /// <summary>Whether it allows something here, at least under a condition. What only new files inherit does not.</summary>
    internal bool IsAllowing =>
        (Flags & InheritOnly) == 0
        && Type is Allowed or AllowedForSeveral or AllowedForAnObject or AllowedConditionally or AllowedConditionallyForAnObject;
}
