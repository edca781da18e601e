using IotCard.Client.Signing;

namespace IotCard.Client.Tests.Signing;

/// <summary>The vendor's published examples of both signature methods.</summary>
public sealed class PublishedVectorTests
{
    [Fact]
    public void Acs3_signs_the_published_request()
    {
        var call = new ApiRequest(
            new ApiAction(new Uri("https://ecs.cn-shanghai.aliyuncs.com"), "RunInstances", "2014-05-26"),
            [
                new("RegionId", "cn-shanghai"),
                new("ImageId", "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd"),
            ]);
        var credential = new Credential("YourAccessKeyId", "YourAccessKeySecret");
        const string Nonce = "3156853299f313e23d1673dc12e1703d";
        var time = new DateTimeOffset(2023, 10, 26, 10, 22, 32, TimeSpan.Zero);

        var request = new RequestSigner(SignatureMethod.Acs3HmacSha256).Sign(call, credential, Nonce, time);
        using var canonical = new ByteWriter();
        Acs3HmacSha256.WriteCanonicalRequest(canonical, call, securityToken: null, Nonce, "2023-10-26T10:22:32Z");
        var hash = new byte[Digest.Sha256Length];
        Digest.Sha256(canonical.Written, hash);
        using var message = request.ToMessage();

        Assert.Equal("7ea06492da5221eba5297e897ce16e55f964061054b7695beedaac1145b1e259", Convert.ToHexStringLower(hash));
        Assert.Equal(
            "ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0",
            Assert.Single(message.Headers.GetValues("Authorization")));
    }

    [Theory]
    [InlineData(
        "OLeaidS1JvxuMvnyHOwuJ+uX5qY=",
        "AccessKeyId=testid&Action=DescribeRegions&Format=XML&SignatureMethod=HMAC-SHA1&SignatureNonce=3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf&SignatureVersion=1.0&Timestamp=2016-02-23T12:46:24Z&Version=2014-05-26")]
    [InlineData(
        "9NaGiOspFP5UPcwX8Iwt2YJXXuk=",
        "RegionId=cn-beijing&Timestamp=2023-03-13T08:34:30Z&AccessKeyId=testid&Action=DescribeDedicatedHosts&Format=JSON&SignatureMethod=HMAC-SHA1&SignatureNonce=edb2b34af0af9a6d14deaf7c1a5315eb&SignatureVersion=1.0&Version=2014-05-26")]
    public void HmacSha1_signs_the_published_parameters(string signature, string parameters)
    {
        var sorted = parameters.Split('&')
            .Select(p => p.Split('='))
            .Select(p => new NamedValue(p[0], p[1]))
            .OrderBy(p => p.Name, StringComparer.Ordinal)
            .ToList();
        using var canonical = new ByteWriter();
        RequestSigner.WriteCanonical(canonical, sorted);

        Assert.Equal(signature, HmacSha1.Signature("GET", canonical.Written, HmacKey.ForSha1("testsecret&")));
    }
}
