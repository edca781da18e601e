
namespace IotCard.Client.Tests.Credentials;

/// <summary>A response of a stand-in.</summary>
internal sealed record ServiceResponse(int Status, string Body)
{
    internal static ServiceResponse Ok(string body) => new(200, body);

    internal static ServiceResponse Error(int status, string code, string message) =>
        new(status, $$"""{"RequestId":"REQ-1","HostId":"sts","Code":"{{code}}","Message":"{{message}}"}""");
}
