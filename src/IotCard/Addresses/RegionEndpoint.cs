using IotCard.Client.Queries;
using IotCard.Client.Sanitizing;
using IotCard.Texts;

namespace IotCard.Addresses;

/// <summary>Finds the audit trail of a region.</summary>
internal static class RegionEndpoint
{
    /// <exception cref="IotCardException">That is no region's name.</exception>
    internal static Uri Find(string region, Func<Text> text) =>
        AuditApi.EndpointOf(region) ?? throw new IotCardException("InvalidRegion", text().Format("Start_InvalidRegion", SafeText.Clean(region)));
}
