using System.Text;
using IotCard.Client.Credentials;
using IotCard.Client.Journaling;
using IotCard.Client.Service;
using IotCard.Client.Signing;
using IotCard.Client.Tests.Service;

namespace IotCard.Client.Tests.Fuzz;

/// <summary>Bodies that a mutation hardly hits upon.</summary>
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
    public void An_encoding_that_it_claims_is_read_or_it_is_no_answer(string encoding)
    {
        var body = Encoding.UTF8.GetBytes($"<?xml version='1.0' encoding='{encoding}'?><Error><Code>Throttling</Code></Error>");

        var answer = ResponseReader.Read(400, body);

        Assert.True(answer is null or { Code: "Throttling" });
    }

    [Theory]
    [InlineData("<a>", "</a>")]
    [InlineData("<Error><Code>", "</Code></Error>")]
    [InlineData("{\"Code\":\"OK\",\"x\":", "}")]
    [InlineData("{\"IotModBind\":", "}")]
    public void However_deep_it_is_it_does_not_exhaust_the_stack(string open, string close)
    {
        var depth = ResponseReader.MaximumLength / (open.Length + close.Length);
        var whole = string.Concat(Enumerable.Repeat(open, depth)) + string.Concat(Enumerable.Repeat(close, depth));
        var cut = string.Concat(Enumerable.Repeat(open, ResponseReader.MaximumLength / open.Length));

        Assert.All([whole, cut], body => Assert.Null(ResponseReader.Read(200, Encoding.UTF8.GetBytes(body))));
    }

    [Fact]
    public void A_message_with_half_a_character_is_shown_and_recorded_without_it()
    {
        var body = Encoding.UTF8.GetBytes("{\"Code\":\"OK\",\"Message\":\"" + new string('x', 299) + "\U0001F4F1\"}");

        var answer = ResponseReader.Read(200, body);

        Assert.DoesNotContain(answer!.Message!, char.IsSurrogate);
    }

    [Fact]
    public async Task An_endless_body_is_given_up_soon()
    {
        using var body = new EndlessStream();
        using var handler = new StubHandler(async (request, cancellationToken) =>
        {
            await request.Content!.ReadAsByteArrayAsync(cancellationToken);
            return new HttpResponseMessage { Content = new StreamContent(body) };
        });
        using var transport = new ServiceTransport(handler, TimeProvider.System, TimeSpan.FromMinutes(1));
        var request = new RequestSigner(SignatureMethod.Acs3HmacSha256).Sign(
            new ApiRequest(new ApiAction(new Uri("http://127.0.0.1:1"), "A", "1")), new Credential("id", "secret"), "n", DateTimeOffset.UnixEpoch);

        var end = await transport.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal((AttemptStatus.Lost, AttemptCode.ResponseUnreadable), (end.Kind, end.Code));
        Assert.InRange(body.BytesRead, ResponseReader.MaximumLength, 4L * ResponseReader.MaximumLength);
    }

    [Fact]
    public void An_endless_line_of_a_journal_is_given_up_soon()
    {
        using var file = new EndlessStream();
        var scan = new JournalLineReader(file, "job.jsonl", blockLength: 1024);

        Assert.Throws<JournalException>(() => scan.ReadJob());

        Assert.InRange(file.BytesRead, JournalLineReader.MaximumLineLength, 4L * JournalLineReader.MaximumLineLength);
    }
}
