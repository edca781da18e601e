using System.Text;
using IotCard.Client.Cards;
using IotCard.Client.Journaling;
using IotCard.Client.Queries;
using IotCard.Client.Service;

namespace IotCard.Client.Tests.Fuzz;

/// <summary>
/// Mutated and random input: however damaged it is, only the module's own errors occur. The fuzz tests of the
/// credential files' readers are with their other tests. SECURITY.md says how to run more of it.
/// </summary>
[Trait("Category", "Fuzz")]
public sealed class FuzzTests : IDisposable
{
    private const int Count = 5_000;
    private const string Telling = "{}[]\",:<>&;\n\0\\0-eE.";

    private static readonly string[] Responses =
    [
        """{"RequestId":"R1","Code":"OK","Message":"ServiceUnavailable","IotModBind":{"IsModSuccess":true}}""",
        """{"RequestId":"R1","HostId":"h","Code":"Throttling.User","Message":"slow","Recommend":"https://x"}""",
        "<?xml version='1.0' encoding='UTF-8'?><Error><RequestId>R1</RequestId><Code>Throttling.User</Code><Message>slow</Message></Error>",
    ];

    private static readonly string[] Cards =
    [
        """{"RequestId":"R1","Code":"200","Success":true,"Data":{"VsimCardInfo":{"Iccid":"89860018521874998319","DeviceImei":"860456038157932","Status":"30","OsStatus":100,"Imsi":["460001"],"Msisdn":"1064","VsimInstanceId":7}}}""",
        """{"RequestId":"R1","Code":"linkcard.common.CardNotExist","Success":false,"ErrorMessage":"no","LocalizedMessage":"x"}""",
    ];

    private static readonly string[] Journals =
    [
        Seal(
            """{"kind":"job","format":1,"operation":"Unbind","endpoint":"https://dyiotapi.aliyuncs.com"}""",
            """{"iccid":"89860412345678901234","imei":"490154203237518","number":1,"kind":"intent","nonce":"n1","timestamp":"2026-11-23T08:00:00+00:00","fingerprint":"0123456789abcdef"}""",
            """{"iccid":"89860412345678901234","imei":"490154203237518","number":1,"kind":"outcome","outcome":"Succeeded","code":"OK","requestId":"R","httpStatus":200,"attempts":1,"elapsedMs":12.5,"completedAt":"2026-11-23T08:00:00.123+00:00"}"""),
    ];

    private static readonly string[] Cells = ["89860412345678901234", "490154203237518", "8.98604E+19", "'89860412345678901234 "];

    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void Responses_are_read_or_rejected() => Fuzz(1, Responses, (bytes, random) =>
    {
        var response = ResponseReader.Read(random.Next(100, 600), bytes);
        Assert.True(response is null || response.Code.Length > 0);
    });

    [Fact]
    public void Card_details_are_read_or_rejected() => Fuzz(4, Cards, (bytes, random) =>
    {
        var format = new CardDetailFormat();
        if (format.Read(random.Next(100, 600), bytes) is { } response)
        {
            _ = format.Classify(response);
            Assert.NotEmpty(response.Code);
        }
    });

    [Fact]
    public void Journals_are_read_or_refused() => Fuzz(2, Journals, (bytes, _) =>
    {
        File.WriteAllBytes(_file, bytes);
        var job = new JournalJob(BindingOperation.Unbind, new Uri("https://dyiotapi.aliyuncs.com"));
        try
        {
            Assert.All(JournalReader.Read(_file).Outcomes, o => Assert.NotEmpty(o.Row.Iccid));
            Journal.OpenForWhatIf(_file, job)?.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
        catch (JournalException failure)
        {
            Assert.Contains(failure.Code, new[] { JournalErrorCode.Invalid, JournalErrorCode.OtherJob });
        }
    });

    [Fact]
    public void Only_well_formed_rows_pass() => Fuzz(3, Cells, (bytes, random) =>
    {
        var cell = Encoding.UTF8.GetString(bytes);
        var row = random.Next(2) == 0 ? BindingRow.Unbind(cell, Cells[1]) : BindingRow.Rebind(Cells[0], Cells[1], cell);
        if (RowCheck.FindFault(row) is null)
        {
            Assert.Matches("^89[0-9A-Za-z]{17,18}$", row.Iccid);
            Assert.Matches("^[0-9]{14,16}$", row.NewImei ?? row.Imei);
        }
    });

    [Fact]
    public void An_endless_line_is_refused_in_little_memory()
    {
        using (var file = File.Create(_file))
        {
            file.SetLength(200L * 1024 * 1024);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<JournalException>(() => JournalReader.Read(_file));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 * 1024 * 1024);
    }

    private static string Seal(params string[] lines) =>
        string.Concat(lines.Select(static line => Encoding.UTF8.GetString(LineChecksum.Seal(Encoding.UTF8.GetBytes(line)))));

    private static void Fuzz(int seed, string[] samples, Action<byte[], Random> act)
    {
        var random = new Random(FuzzInputs.Seed(seed));
        for (var i = FuzzInputs.CountOr(Count); i > 0; i--)
        {
            act(Mutate(Encoding.UTF8.GetBytes(samples[random.Next(samples.Length)]), random), random);
        }
    }

    private static byte[] Mutate(byte[] bytes, Random random)
    {
        var mutated = bytes.ToList();
        for (var i = random.Next(1, 6); i > 0 && mutated.Count > 0; i--)
        {
            var at = random.Next(mutated.Count);
            switch (random.Next(5))
            {
                case 0:
                    mutated[at] = (byte)random.Next(256);
                    break;
                case 1:
                    mutated.RemoveRange(at, random.Next(mutated.Count - at));
                    break;
                case 2:
                    mutated.InsertRange(at, mutated.GetRange(at, Math.Min(random.Next(40), mutated.Count - at)));
                    break;
                case 3:
                    mutated.Insert(at, (byte)Telling[random.Next(Telling.Length)]);
                    break;
                default:
                    mutated[at] ^= (byte)(1 << random.Next(8));
                    break;
            }
        }

        return [.. mutated];
    }
}
