using System.Globalization;

namespace IotCard.Addresses;

/// <summary>
/// An address as typed, cut into its parts without being parsed. One that does not parse is described by the part that
/// is wrong and never shown, because any of its parts may hold a password.
/// </summary>
internal sealed class AddressText
{
    private const string AfterScheme = "://";

    private static readonly char[] EndOfAuthority = ['/', '\\', '?', '#'];

    internal AddressText(string typed)
    {
        var text = typed.Trim();
        var colon = text.IndexOf(AfterScheme, StringComparison.Ordinal);
        Scheme = colon < 0 ? null : text[..colon];
        var rest = colon < 0 ? text : text[(colon + AfterScheme.Length)..];

        // A password may contain an @, a host cannot.
        var at = rest.LastIndexOf('@');
        UserInfo = at < 0 ? null : rest[..at];
        rest = rest[(at + 1)..];
        var end = rest.IndexOfAny(EndOfAuthority);
        Host = end < 0 ? rest : rest[..end];
        Rest = end < 0 ? string.Empty : rest[end..];
    }

    /// <summary>What stands before <c>://</c>; null if that is missing.</summary>
    internal string? Scheme { get; }

    /// <summary>What stands before the last <c>@</c>; null if there is none.</summary>
    internal string? UserInfo { get; }

    /// <summary>The host, and the port if there is one.</summary>
    internal string Host { get; }

    /// <summary>What follows the host and port: path, query and fragment.</summary>
    internal string Rest { get; }

    /// <summary>Whether the user name or password contains a character that ends the host if it is not encoded.</summary>
    internal bool IsUserInfoAmbiguous => UserInfo?.IndexOfAny(EndOfAuthority) >= 0;

    /// <summary>Whether a port is given that is not one: a number from 1 to 65535.</summary>
    internal bool HasWrongPort =>
        Host.LastIndexOf(':') is >= 0 and var colon
        && colon > Host.LastIndexOf(']')
        && !(ushort.TryParse(Host[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0);

    /// <summary>Whether a quotation mark or a blank was copied along with the address.</summary>
    internal bool HasQuoteOrBlank =>
        (Scheme + Host + Rest).Any(static c => char.IsWhiteSpace(c) || c is '"' or '\'' or '“' or '”' or '‘' or '’');

    /// <summary>What may be kept of the address: the whole if it is nothing but scheme, host and port, else the host and port.</summary>
    internal string Kept =>
        HasWrongPort ? Host[..Host.LastIndexOf(':')]
        : UserInfo is null && Rest is "" or "/" && Scheme is not null ? Scheme + AfterScheme + Host
        : Host;
}
