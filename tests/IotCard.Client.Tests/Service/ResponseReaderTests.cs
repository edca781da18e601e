using System.Text;
using CsCheck;
using IotCard.Client.Rules;
using IotCard.Client.Service;

namespace IotCard.Client.Tests.Service;

public sealed class ResponseReaderTests
{
    private const string Success =
        """{"RequestId":"R1","Code":"OK","Message":"ServiceUnavailable","IotModBind":{"IsModSuccess":true}}""";

    [Fact]
    public void The_published_success_sample_is_read() =>
        Assert.Equal(
            new ServiceResponse { HttpStatus = 200, Code = "OK", Message = "ServiceUnavailable", RequestId = "R1", IsModSuccess = true },
            Read(200, Success));

    [Theory]
    [InlineData("""{"requestId":"R1","code":"Throttling.User","message":"slow","hostId":"h"}""")]
    [InlineData("""{"RequestId":"R1","HostId":"h","Code":"Throttling.User","Message":"slow","Recommend":"https://x"}""")]
    [InlineData("\uFEFF  \r\n{\"RequestId\":\"R1\",\"Code\":\"Throttling.User\",\"Message\":\"slow\"}\n")]
    [InlineData("<?xml version='1.0' encoding='UTF-8'?><Error><RequestId>R1</RequestId><HostId>h</HostId><Code>Throttling.User</Code><Message>slow</Message></Error>")]
    [InlineData("<Error xmlns='urn:x'><requestId> R1 </requestId><code>Throttling.User</code><message>slow</message></Error>")]
    public void A_gateway_error_is_read_in_every_form(string body) =>
        Assert.Equal(
            new ServiceResponse { HttpStatus = 400, Code = "Throttling.User", Message = "slow", RequestId = "R1" }, Read(400, body));

    [Theory]
    [InlineData("""{"Code":"OK","IotModBind":{"IsModSuccess":true}}""", true)]
    [InlineData("""{"Code":"OK","IotModBind":{"IsModSuccess":"true"}}""", true)]
    [InlineData("""{"Code":"OK","IotModBind":{"IsModSuccess":false}}""", false)]
    [InlineData("""{"Code":"OK","IotModBind":{"IsModSuccess":"False"}}""", false)]
    [InlineData("""{"Code":"OK","IotModBind":{"IsModSuccess":null}}""", null)]
    [InlineData("""{"Code":"OK","IotModBind":{}}""", null)]
    [InlineData("""{"Code":"OK","IotModBind":null}""", null)]
    [InlineData("""{"Code":"OK"}""", null)]
    [InlineData("""{"else":{"Code":"X","IsModSuccess":false},"list":[{"Code":"X"}],"Code":"OK","IotModBind":{"else":{"IsModSuccess":false},"IsModSuccess":true}}""", true)]
    [InlineData("""{"IsModSuccess":true,"Code":"OK"}""", null)]
    [InlineData("""{"\u0043ODE":"OK","iotmodbind":{"ismodsuccess":true}}""", true)]
    [InlineData("<R><Code>OK</Code><IotModBind><IsModSuccess>true</IsModSuccess></IotModBind></R>", true)]
    [InlineData("<R><Code>OK</Code><IotModBind><IsModSuccess>maybe</IsModSuccess></IotModBind></R>", null)]
    [InlineData("<R><Code>OK</Code></R>", null)]
    public void A_response_says_whether_the_operation_succeeded(string body, bool? succeeded) =>
        Assert.Equal(succeeded, Read(200, body)!.IsModSuccess);

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("OK")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"Code":""}""")]
    [InlineData("""{"Code":null}""")]
    [InlineData("""{"Code":{}}""")]
    [InlineData("""{"Code":"OK","IotModBind":{"IsModSuccess":1}}""")]
    [InlineData("""{"Code":"OK","IotModBind":{"IsModSuccess":"yes"}}""")]
    [InlineData("""{"Code":"OK","IotModBind":{"IsModSuccess":tr""")]
    [InlineData("""{"Code":"OK","IotModBind":{"IsModSuccess":true}""")]
    [InlineData("""{"Code":"OK","IotModBind":true}""")]
    [InlineData("""{"Code":"OK","IotModBind":[]}""")]
    [InlineData("""{"Code":"OK","code":""}""")]
    [InlineData("""{"Code":"X","Code":"OK","IotModBind":{"IsModSuccess":true}}""")]
    [InlineData("""{"Code":"OK","IotModBind":{"IsModSuccess":false,"ISMODSUCCESS":true}}""")]
    [InlineData("""{"Code":"OK","IotModBind":{"IsModSuccess":true},"iotModBind":{}}""")]
    [InlineData("<R><Code>X</Code><Code>OK</Code></R>")]
    [InlineData("<R><Code>OK</Code><IotModBind><IsModSuccess>false</IsModSuccess><isModSuccess>true</isModSuccess></IotModBind></R>")]
    [InlineData("""{"Code":1.5}""")]
    [InlineData("""{"Code":true}""")]
    [InlineData("""{"Code":"OK","Message":"\ud83d"}""")]
    [InlineData("""{"Code":"OK","Message":{}}""")]
    [InlineData("""{"Code":"OK"} trailing""")]
    [InlineData("<html><body>Bad gateway</body></html>")]
    [InlineData("<Error><Code>X</Code>")]
    [InlineData("<!DOCTYPE x [<!ENTITY e 'OK'>]><R><Code>&e;</Code></R>")]
    public void Nothing_else_is_accepted_as_a_response(string body) => Assert.Null(Read(200, body));

    [Fact]
    public void An_endless_body_is_not_accepted_as_a_response() =>
        Assert.Null(Read(200, """{"Code":"OK","Message":" """ + new string('x', ResponseReader.MaximumLength) + "\"}"));

    [Fact]
    public void A_mutated_response_never_throws() =>
        Gen.Select(Gen.Int[0, Success.Length - 1], Gen.Byte, Gen.Int[0, Success.Length]).Sample((at, value, length) =>
        {
            var body = Encoding.UTF8.GetBytes(Success);
            body[at] = value;
            var cut = ResponseReader.Read(200, body.AsSpan(0, length));

            Assert.True(cut is null || cut.Code.Length > 0);
        });

    private static ServiceResponse? Read(int status, string body) => ResponseReader.Read(status, Encoding.UTF8.GetBytes(body));
}
