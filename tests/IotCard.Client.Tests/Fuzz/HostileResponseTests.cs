using System.Text;
using IotCard.Client.Journaling;
using IotCard.Client.Rules;
using IotCard.Client.Service;
using IotCard.Client.Signing;
using IotCard.Client.Tests.Service;

namespace IotCard.Client.Tests.Fuzz;

/// <summary>Bodies that mutations hardly ever produce.</summary>
[Trait("Category", "Fuzz")]
public sealed class HostileResponseTests
{
    [Theory]
    [InlineData("utf-7")]
    [InlineData("utf-32")]
    [InlineData("utf-16")]
    [InlineData("ebcdic-cp-us")]
    [InlineData("x-user-defined")]
    [InlineData("gb18030")]
    [InlineData("no such encoding")]
    [InlineData("\u8bbe\u5907")]
    public void A_claimed_encoding_is_read_or_the_response_rejected(string encoding)
    {
        var body = Encoding.UTF8.GetBytes($"<?xml version='1.0' encoding='{encoding}'?><Error><Code>Throttling</Code></Error>");

        var response = ResponseReader.Read(400, body);

        Assert.True(response is null or { Code: "Throttling" });
    }

    [Theory]
    [InlineData("<a>", "</a>")]
    [InlineData("<Error><Code>", "</Code></Error>")]
    [InlineData("{\"Code\":\"OK\",\"x\":", "}")]
    [InlineData("{\"IotModBind\":", "}")]
    public void No_depth_exhausts_the_stack(string open, string close)
    {
        var depth = ResponseReader.MaximumLength / (open.Length + close.Length);
        var whole = string.Concat(Enumerable.Repeat(open, depth)) + string.Concat(Enumerable.Repeat(close, depth));
        var cut = string.Concat(Enumerable.Repeat(open, ResponseReader.MaximumLength / open.Length));

        Assert.All([whole, cut], body => Assert.Null(ResponseReader.Read(200, Encoding.UTF8.GetBytes(body))));
    }

    [Fact]
    public void Nesting_costs_no_stack()
    {
        var body = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("<a>", 9300)) + string.Concat(Enumerable.Repeat("</a>", 9300)));
        var read = true;
        var thread = new Thread(() => read = ResponseReader.Read(400, body) is not null, maxStackSize: 128 * 1024);

        thread.Start();
        thread.Join();

        Assert.False(read);
    }

    [Theory]
    [InlineData("<Error><x><Code>OK</Code></x><code><![CDATA[Thro]]>ttling</code></Error>", "Throttling")]
    public void A_name_counts_only_at_the_right_depth(string xml, string code) =>
        Assert.Equal(code, ResponseReader.Read(400, Encoding.UTF8.GetBytes(xml))!.Code);

    [Theory]
    [InlineData("{\"Code\":\"SignatureDoesNotMatch\",\"Message\":\"token:@@ {0}\",\"RequestId\":\"R1\"}")]
    [InlineData("{\"Code\":\"SignatureDoesNotMatch\",\"Message\":\"x\",\"RequestId\":\"{0}\"}")]
    [InlineData("{\"Code\":\"{0}\",\"Message\":\"x\",\"RequestId\":\"R1\"}")]
    [InlineData("{\"Code\":\"Forbidden.RAM\",\"Message\":\"{1}\",\"RequestId\":\"{2}\"}")]
    [InlineData("<Error><Code>Forbidden.RAM</Code><Message>{2}|{0}</Message><RequestId>{1}</RequestId></Error>")]
    public async Task An_echoed_token_is_not_passed_on(string echo)
    {
        const string Token = "CAISvQJ1q6Ft5B2yfSjIr5fFGtbRj+xYx6SPQ/Lgh3hnf9kf=";
        var body = echo.Replace("{0}", Token, StringComparison.Ordinal)
            .Replace("{1}", Uri.EscapeDataString(Uri.EscapeDataString(Token)), StringComparison.Ordinal)
            .Replace("{2}", Token[10..30], StringComparison.Ordinal);
        using var handler = new StubHandler(async (request, cancellationToken) =>
        {
            await request.Content!.ReadAsByteArrayAsync(cancellationToken);
            return new HttpResponseMessage(System.Net.HttpStatusCode.BadRequest) { Content = new StringContent(body) };
        });
        using var transport = new ServiceTransport(() => handler, TimeProvider.System, TimeSpan.FromMinutes(1));
        var request = new RequestSigner(SignatureMethod.Acs3HmacSha256).Sign(
            new ApiRequest(new ApiAction(new Uri("http://127.0.0.1:1"), "A", "1")), new Credential("id", "secret", Token), "n", DateTimeOffset.UnixEpoch);

        var result = await transport.SendAsync(request, TestContext.Current.CancellationToken);

        var shown = string.Join('|', result.Code, result.Response?.Code, result.Response?.Message, result.Response?.RequestId);
        Assert.Contains("***", shown, StringComparison.Ordinal);
        for (var i = 0; i + 16 <= Token.Length; i++)
        {
            Assert.DoesNotContain(Token.Substring(i, 16), shown, StringComparison.Ordinal);
            Assert.DoesNotContain(Uri.EscapeDataString(Uri.EscapeDataString(Token)).Substring(i, 16), shown, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_message_with_half_a_character_is_shown_and_recorded_without_it()
    {
        var body = Encoding.UTF8.GetBytes("{\"Code\":\"OK\",\"Message\":\"" + new string('x', 299) + "\U0001F4F1\"}");

        var response = ResponseReader.Read(200, body);

        Assert.DoesNotContain(response!.Message!, char.IsSurrogate);
    }

    [Fact]
    public async Task Reading_an_endless_body_soon_ends()
    {
        using var body = new EndlessStream();
        using var handler = new StubHandler(async (request, cancellationToken) =>
        {
            await request.Content!.ReadAsByteArrayAsync(cancellationToken);
            return new HttpResponseMessage { Content = new StreamContent(body) };
        });
        using var transport = new ServiceTransport(() => new SharedHandler(handler), TimeProvider.System, TimeSpan.FromMinutes(1));
        var request = new RequestSigner(SignatureMethod.Acs3HmacSha256).Sign(
            new ApiRequest(new ApiAction(new Uri("http://127.0.0.1:1"), "A", "1")), new Credential("id", "secret"), "n", DateTimeOffset.UnixEpoch);

        var end = await transport.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal((AttemptStatus.Lost, AttemptCode.ResponseUnreadable), (end.Status, end.Code));
        Assert.InRange(body.BytesRead, ResponseReader.MaximumLength, 4L * ResponseReader.MaximumLength);
    }

    [Fact]
    public void Reading_an_endless_line_of_a_journal_soon_ends()
    {
        using var file = new EndlessStream();
        var lines = new LineReader((_, buffer, start, count) => file.Read(buffer, start, count), blockLength: 1024);

        Assert.True(lines.TryRead(out var line));

        Assert.True(line.IsTooLong);
        Assert.InRange(file.BytesRead, LineReader.MaximumLineLength, 4L * LineReader.MaximumLineLength);
    }
}
