namespace IotCard.Client.Signing;

/// <summary>One call of an API action, ready to be signed.</summary>
public sealed class ApiRequest
{
    /// <summary>Makes a call of an action.</summary>
    /// <param name="endpoint">Scheme, host and port that it goes to; the path is always <c>/</c>.</param>
    /// <param name="action">The action's name, such as <c>DoIotChgBindOrUnBind</c>.</param>
    /// <param name="version">The product's API version, such as <c>2017-11-11</c>.</param>
    /// <param name="parameters">The action's own parameters, in any order; the common ones are the signer's.</param>
    public ApiRequest(Uri endpoint, string action, string version, IEnumerable<KeyValuePair<string, string>> parameters)
    {
        Endpoint = endpoint;
        Action = action;
        Version = version;
        Parameters = RequestSigner.Sort(parameters.ToArray());
    }

    /// <summary>Scheme, host and port that the call goes to.</summary>
    public Uri Endpoint { get; }

    /// <summary>The action's name.</summary>
    public string Action { get; }

    /// <summary>The product's API version, a date as <c>yyyy-MM-dd</c>.</summary>
    public string Version { get; }

    /// <summary>The action's own parameters, sorted ordinally by name.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Parameters { get; }
}
