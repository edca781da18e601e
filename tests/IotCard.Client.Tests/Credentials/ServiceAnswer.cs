namespace IotCard.Client.Tests.Credentials;

/// <summary>What a stand-in answers.</summary>
internal sealed record ServiceAnswer(int Status, string Body)
{
    internal static ServiceAnswer Ok(string body) => new(200, body);

    internal static ServiceAnswer Error(int status, string code, string message) =>
        new(status, $$"""{"RequestId":"REQ-1","HostId":"sts","Code":"{{code}}","Message":"{{message}}"}""");
}
