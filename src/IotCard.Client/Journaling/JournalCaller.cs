namespace IotCard.Client.Journaling;

/// <summary>Who made a run, for a report on it. What is not known is null.</summary>
/// <param name="User">The user's name on the machine.</param>
/// <param name="Machine">The machine's name.</param>
/// <param name="AccessKeyId">The AccessKey ID, its middle masked.</param>
public sealed record JournalCaller(string? User, string? Machine, string? AccessKeyId)
{
    /// <summary>The caller of this process.</summary>
    /// <param name="maskedAccessKeyId">The AccessKey ID, its middle masked.</param>
    /// <returns>The caller. A user without a name, as in a container, is null.</returns>
    public static JournalCaller Current(string maskedAccessKeyId) =>
        new(Known(Environment.UserName), Known(Environment.MachineName), Known(maskedAccessKeyId));

    private static string? Known(string name) => name.Length > 0 ? name : null;
}
