using System.Globalization;

namespace IotCard.Client.Signing;

/// <summary>An action of an API at an endpoint: what its calls have in common.</summary>
internal sealed class ApiAction
{
    /// <summary>Creates an action.</summary>
    /// <param name="endpoint">Scheme, host and port of its calls; the path is always <c>/</c>.</param>
    /// <param name="name">The action's name, such as <c>DoIotChgBindOrUnBind</c>.</param>
    /// <param name="version">The product's API version, such as <c>2017-11-11</c>.</param>
    public ApiAction(Uri endpoint, string name, string version)
    {
        ArgumentNullException.ThrowIfNull(endpoint);

        Name = name;
        Version = version;
        Host = HostOf(endpoint);
        Root = $"{endpoint.Scheme}://{Host}/";
    }

    /// <summary>The action's name.</summary>
    public string Name { get; }

    /// <summary>The product's API version, a date as <c>yyyy-MM-dd</c>.</summary>
    public string Version { get; }

    /// <summary>The <c>Host</c> header that the transport sends for the endpoint.</summary>
    internal string Host { get; }

    /// <summary>The endpoint with the path <c>/</c>.</summary>
    internal string Root { get; }

    private static string HostOf(Uri endpoint)
    {
        var name = endpoint.HostNameType == UriHostNameType.IPv6 ? endpoint.Host : endpoint.IdnHost;
        return endpoint.IsDefaultPort ? name : name + ":" + endpoint.Port.ToString(CultureInfo.InvariantCulture);
    }
}
