using IotCard.Client.Sanitizing;

namespace IotCard.Client.Credentials.Sources;

/// <summary>
/// Chooses the STS endpoint by the official libraries' rule: the profile's <c>sts_endpoint</c>; else by region
/// (<c>sts_region</c>, else <c>ALIBABA_CLOUD_STS_REGION</c>), within a VPC if <c>enable_vpc</c> or
/// <c>ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED</c> says so; else <c>sts.aliyuncs.com</c>.
/// </summary>
internal static class StsEndpoint
{
    /// <summary>The maximum length of a host name's label (RFC 1035, section 2.3.4).</summary>
    private const int MaximumRegionLength = 63;

    /// <exception cref="CredentialException"><c>InvalidProfile</c>: the endpoint is not a host name, or the region is not a region's name.</exception>
    internal static Uri Choose(CredentialContext context, string? endpoint, string? region, bool? vpc, LocalizableMessage where)
    {
        if (context.StsAddress is { } address)
        {
            return address;
        }

        if (!string.IsNullOrWhiteSpace(endpoint))
        {
            return ToUri(endpoint!.Trim(), "sts_endpoint", where);
        }

        var chosen = string.IsNullOrWhiteSpace(region) ? context.Variable(EnvironmentVariables.StsRegion) : region!.Trim();
        if (chosen is null)
        {
            return new Uri("https://sts.aliyuncs.com");
        }

        if (chosen.Length > MaximumRegionLength || !chosen.All(static c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-'))
        {
            throw new CredentialException(CredentialErrorCode.InvalidProfile, new LocalizableMessage("StsRegion", $"{where}: '{SafeText.Clean(chosen, MaximumRegionLength)}' is not the name of an STS region."));
        }

        var inside = vpc == true || context.IsTrue(EnvironmentVariables.VpcEndpointEnabled);
        return new Uri($"https://{(inside ? "sts-vpc" : "sts")}.{chosen}.aliyuncs.com");
    }

    private static Uri ToUri(string host, string what, LocalizableMessage where) =>
        Uri.CheckHostName(host) == UriHostNameType.Dns && Uri.TryCreate("https://" + host, UriKind.Absolute, out var address)
            ? address
            : throw new CredentialException(CredentialErrorCode.InvalidProfile, new LocalizableMessage("StsHost", $"{where}: {what} '{SafeText.Clean(host, 253)}' is not a host name."));
}
