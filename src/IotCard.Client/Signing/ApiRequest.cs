namespace IotCard.Client.Signing;

/// <summary>One call of an API action, not yet signed.</summary>
internal sealed class ApiRequest
{
    /// <summary>Creates a call of an action.</summary>
    /// <param name="action">The action.</param>
    /// <param name="parameters">The action's own parameters, in any order; the signer adds the common ones.</param>
    internal ApiRequest(ApiAction action, params NamedValue[] parameters)
    {
        ArgumentNullException.ThrowIfNull(action);
        ArgumentNullException.ThrowIfNull(parameters);

        Action = action;
        Parameters = RequestSigner.Sort([.. parameters]);
    }

    /// <summary>The action.</summary>
    internal ApiAction Action { get; }

    /// <summary>The action's own parameters, sorted ordinally by name.</summary>
    public IReadOnlyList<NamedValue> Parameters { get; }
}
