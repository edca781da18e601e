using System.Diagnostics;

namespace IotCard.Benchmarks.Subjects;

/// <summary>Keeps settings of this process's environment from the subjects.</summary>
internal static class SubjectEnvironment
{
    // The clients use these even for loopback.
    private static readonly string[] ProxyVariables = ["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"];

    internal static void RemoveProxies(ProcessStartInfo start)
    {
        foreach (var variable in ProxyVariables)
        {
            start.Environment.Remove(variable);
        }
    }

    /// <summary>Leaves only one credential, the sandbox's.</summary>
    internal static void SetCredential(ProcessStartInfo start, string accessKeyId, string accessKeySecret)
    {
        foreach (var name in start.Environment.Keys.Where(static name => name.StartsWith("ALIBABA_CLOUD_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["ALIBABA_CLOUD_ACCESS_KEY_ID"] = accessKeyId;
        start.Environment["ALIBABA_CLOUD_ACCESS_KEY_SECRET"] = accessKeySecret;
    }
}
