namespace IotCard.Sandbox.Tests.Signing;

/// <summary>Where a request's parameters are.</summary>
public enum Placement
{
    /// <summary>All in the query; the body is empty.</summary>
    Query,

    /// <summary>All in the form body (with ACS3: all of the action's own).</summary>
    Form,

    /// <summary>HMAC-SHA1: the common ones in the query, the action's own in the form. ACS3: half of the action's own in each.</summary>
    Both,
}
