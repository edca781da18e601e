using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace IotCard.Sandbox.Tests;

/// <summary>The published vectors, against the sandbox's own checker.</summary>
public sealed class SignatureVectorTests
{
    [Fact]
    public void Acs3()
    {
        const string hash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        const string names = "host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version";
        const string signature = "06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0";
        var headers = new HeaderDictionary
        {
            ["Host"] = "ecs.cn-shanghai.aliyuncs.com",
            ["x-acs-action"] = "RunInstances",
            ["x-acs-version"] = "2014-05-26",
            ["x-acs-date"] = "2023-10-26T10:22:32Z",
            ["x-acs-signature-nonce"] = "3156853299f313e23d1673dc12e1703d",
            ["x-acs-content-sha256"] = hash,
            ["Authorization"] = $"ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders={names},Signature={signature}",
        };
        var request = new WireRequest("POST", "/", "?ImageId=win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd&RegionId=cn-shanghai", headers, []);

        Assert.Null(SignedCall.Read(request, requireHost: true, out var signed));
        var acs3 = Assert.IsType<Acs3Call>(signed);
        Assert.Equal(
            "7ea06492da5221eba5297e897ce16e55f964061054b7695beedaac1145b1e259",
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(acs3.CanonicalRequest()))));
        Assert.Equal(signature, acs3.Sign("YourAccessKeySecret"));
        Assert.True(acs3.IsSignedWith("YourAccessKeySecret"));
        Assert.False(acs3.IsSignedWith("YourAccessKeySecret2"));
    }

    [Theory]
    [InlineData(
        "?Action=DescribeRegions&Format=XML&Version=2014-05-26&AccessKeyId=testid&SignatureMethod=HMAC-SHA1&SignatureVersion=1.0&SignatureNonce=3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf&Timestamp=2016-02-23T12%3A46%3A24Z&Signature=OLeaidS1JvxuMvnyHOwuJ%2BuX5qY%3D",
        "OLeaidS1JvxuMvnyHOwuJ+uX5qY=")]
    [InlineData(
        "?Action=DescribeDedicatedHosts&Format=JSON&RegionId=cn-beijing&Version=2014-05-26&AccessKeyId=testid&SignatureMethod=HMAC-SHA1&SignatureVersion=1.0&SignatureNonce=edb2b34af0af9a6d14deaf7c1a5315eb&Timestamp=2023-03-13T08%3A34%3A30Z&Signature=9NaGiOspFP5UPcwX8Iwt2YJXXuk%3D",
        "9NaGiOspFP5UPcwX8Iwt2YJXXuk=")]
    public void HmacSha1(string query, string signature)
    {
        var request = new WireRequest("GET", "/", query, new HeaderDictionary(), []);

        Assert.Null(SignedCall.Read(request, requireHost: true, out var signed));
        Assert.Equal(signature, Assert.IsType<HmacSha1Call>(signed).Sign("testsecret"));
        Assert.True(signed.IsSignedWith("testsecret"));
        Assert.False(signed.IsSignedWith("testsecret2"));
    }
}
