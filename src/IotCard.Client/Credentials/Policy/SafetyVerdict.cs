namespace IotCard.Client.Credentials.Policy;

/// <summary>What a safety policy says about an action, from the least to the most restrictive.</summary>
internal enum SafetyVerdict
{
    /// <summary>It may be called.</summary>
    Allow,

    /// <summary>A person has to agree first.</summary>
    Confirm,

    /// <summary>It must not be called.</summary>
    Deny,
}
