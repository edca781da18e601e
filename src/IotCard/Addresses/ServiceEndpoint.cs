using IotCard.Client.Queries;
using IotCard.Client.Service;
using IotCard.Texts;

namespace IotCard.Addresses;

/// <summary>
/// Where a command sends its requests, decided in one place for every command: the parameter, else
/// <c>$env:IOTCARD_ENDPOINT</c>, else the service's own address.
/// </summary>
internal sealed class ServiceEndpoint
{
    internal const string ErrorCode = "InvalidEndpoint";

    /// <summary>The variable that puts a whole session into practice mode.</summary>
    internal const string Variable = "IOTCARD_ENDPOINT";

    private ServiceEndpoint(Uri address, bool isOwn)
    {
        Address = address;
        IsOwn = isOwn;
    }

    /// <summary>Scheme, host and port.</summary>
    internal Uri Address { get; }

    /// <summary>The host, and the port unless it is the scheme's own, to be shown.</summary>
    internal string Host => Address.Authority;

    /// <summary>Whether this is the service's own address.</summary>
    internal bool IsOwn { get; }

    /// <summary>Whether requests stay on this machine, where only a sandbox can stand in for the service.</summary>
    internal bool IsPractice => Address.IsLoopback;

    /// <summary>Finds the endpoint of a command.</summary>
    /// <param name="given">The parameter's value; null if it is not given.</param>
    /// <param name="parameter">The parameter's name.</param>
    /// <param name="own">The service's own address.</param>
    /// <param name="text">The texts.</param>
    /// <exception cref="IotCardException">It is not valid; the message names the wrong part, and shows none.</exception>
    internal static ServiceEndpoint Find(string? given, string parameter, Uri own, Text text)
    {
        var named = Environment.GetEnvironmentVariable(Variable);
        var address = given is not null ? Read(given, "-" + parameter, own, text)
            : string.IsNullOrWhiteSpace(named) ? own
            : Read(named!, "$env:" + Variable, own, text);
        return new ServiceEndpoint(address, address.Equals(own) && !address.IsLoopback);
    }

    /// <summary>
    /// Whether a request could be captured at this endpoint and replayed to the service. HMAC-SHA1 does not sign the
    /// host; at the service itself and on this machine nobody else receives it.
    /// </summary>
    internal bool IsReplayable(string signatureMethod) =>
        string.Equals(signatureMethod, "HMAC-SHA1", StringComparison.OrdinalIgnoreCase)
        && !IsPractice
        && !string.Equals(Address.Host, BindingApi.DefaultEndpoint.Host, StringComparison.OrdinalIgnoreCase)
        && !string.Equals(Address.Host, CardApi.DefaultEndpoint.Host, StringComparison.OrdinalIgnoreCase);

    /// <summary>Parses an address: https, or http on this machine, and nothing but a host and port.</summary>
    private static Uri Read(string typed, string source, Uri own, Text text)
    {
        var fault = FindFault(typed);
        return fault is null && Uri.TryCreate(typed.Trim(), UriKind.Absolute, out var read) && read.Host.Length > 0
            ? IsSafe(read)
                ? read
                : throw Invalid("InvalidEndpoint_Scheme")
            : throw Invalid(fault ?? "InvalidAddress_Host");

        IotCardException Invalid(string reason) => new(ErrorCode, text.Format("InvalidAddress", source, text.Format(reason, own.GetLeftPart(UriPartial.Authority))));
    }

    private static bool IsSafe(Uri address) =>
        address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback);

    private static string? FindFault(string typed)
    {
        var parts = new AddressText(typed);
        return parts.HasQuoteOrBlank ? "InvalidAddress_Quotes"
            : parts.UserInfo is not null ? "InvalidEndpoint_UserInfo"
            : parts.Scheme is null ? "InvalidEndpoint_Absolute"
            : parts.Rest is not ("" or "/") ? parts.Rest.Contains('?') ? "InvalidEndpoint_Query" : parts.Rest.Contains('#') ? "InvalidEndpoint_Fragment" : "InvalidEndpoint_Path"
            : parts.HasWrongPort ? "InvalidAddress_Port"
            : null;
    }
}
