using IotCard.Client.Queries;
using IotCard.Client.Sanitizing;
using IotCard.Client.Service;
using IotCard.Texts;

namespace IotCard.Commands;

/// <summary>Decides whether an endpoint may be used.</summary>
internal static class ServiceEndpoint
{
    internal const string ErrorCode = "InvalidEndpoint";

    /// <summary>Checks that an endpoint is https, or http on this machine, and consists of nothing but a host and port.</summary>
    internal static Uri Check(Uri endpoint, Text text)
    {
        var fault = !endpoint.IsAbsoluteUri || endpoint.Host.Length == 0 ? "InvalidEndpoint_Absolute"
            : endpoint.Scheme != Uri.UriSchemeHttps && !(endpoint.Scheme == Uri.UriSchemeHttp && endpoint.IsLoopback) ? "InvalidEndpoint_Scheme"
            : endpoint.PathAndQuery != "/" || endpoint.Fragment.Length > 0 || endpoint.UserInfo.Length > 0 ? "InvalidEndpoint_Path"
            : null;
        return fault is null
            ? endpoint
            : throw new IotCardException(ErrorCode, text.Format(fault, Shown(endpoint)));
    }

    /// <summary>
    /// Whether a request could be captured at an endpoint and replayed to the service. HMAC-SHA1 does not sign the
    /// host; at the service itself and on this machine nobody else receives it.
    /// </summary>
    internal static bool IsReplayable(Uri endpoint, string signatureMethod) =>
        string.Equals(signatureMethod, "HMAC-SHA1", StringComparison.OrdinalIgnoreCase)
        && !endpoint.IsLoopback
        && !string.Equals(endpoint.Host, BindingApi.DefaultEndpoint.Host, StringComparison.OrdinalIgnoreCase)
        && !string.Equals(endpoint.Host, CardApi.DefaultEndpoint.Host, StringComparison.OrdinalIgnoreCase);

    /// <summary>The endpoint without any userinfo before its <c>@</c>.</summary>
    internal static string Shown(Uri endpoint) =>
        endpoint.IsAbsoluteUri && endpoint.Host.Length > 0
            ? endpoint.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)
            : WithoutUserInfo(endpoint.OriginalString);

    /// <summary>The part after the last <c>@</c> of an address that cannot be parsed.</summary>
    internal static string WithoutUserInfo(string address) => SafeText.Clean(address[(address.LastIndexOf('@') + 1)..], 200);
}
