using IotCard.Client.Platform;

namespace IotCard.Client.Credentials.Profiles;

/// <summary>Says why a file is not trusted, and what to do about it on this system.</summary>
internal static class TrustText
{
    /// <summary>What takes a right away that others have.</summary>
    internal static LocalizableMessage Remedy =>
        OperatingSystem.IsWindows()
            ? new LocalizableMessage("RemedyOnWindows", $"Remove that permission: icacls, takeown")
            : new LocalizableMessage("RemedyOnUnix", $"Remove that permission: chmod go-w, chown");

    /// <summary>What takes the right away to read a file.</summary>
    internal static LocalizableMessage ReadingRemedy(string path) =>
        OperatingSystem.IsWindows()
            ? new LocalizableMessage("ReadingRemedyOnWindows", $"Remove that permission: icacls '{path}' /inheritance:r /grant:r USER:F")
            : new LocalizableMessage("ReadingRemedyOnUnix", $"Remove that permission: chmod 600 '{path}'");

    /// <summary>Says what is wrong; a part of a sentence.</summary>
    /// <param name="trust">The answer, which is not that the file is trusted.</param>
    internal static LocalizableMessage Describe(FileTrust trust) => trust.Reason switch
    {
        TrustReason.OtherOwner => new LocalizableMessage("TrustOtherOwner", $"{trust.Place} belongs to another user ({Name(trust)})"),
        TrustReason.WritableByOthers when trust.Who is not null => new LocalizableMessage("TrustWritableBy", $"{Name(trust)} may write to {trust.Place}"),
        TrustReason.WritableByOthers => new LocalizableMessage("TrustWritableByOthers", $"others may write to {trust.Place}"),
        TrustReason.Replaced => new LocalizableMessage("TrustReplaced", $"{trust.Place} was replaced while it was read"),
        _ => new LocalizableMessage("TrustUnknown", $"the system does not say who may write to {trust.Place}"),
    };

    private static string? Name(FileTrust trust) => trust.Who is { } who ? AccountName.Find(who) : null;
}
