using System.CommandLine;
using System.Globalization;
using System.Net;

namespace IotCard.Sandbox.Serve;

/// <summary><c>serve</c>: runs the sandbox until it is interrupted.</summary>
internal static class ServeCommand
{
    // An answer held back longer than this would outlive every client's patience; it is surely a slip of the unit.
    private const int MaxLatency = 600_000;

    public static Command Create()
    {
        var port = Number("--port", "N", "The port on 127.0.0.1; 0 takes any free one.", IPEndPoint.MaxPort);
        var keys = new Option<string[]>("--access-key")
        {
            Description = "An AccessKey that requests may be signed with. May be given more than once. Default: sandbox-id:sandbox-secret.",
            HelpName = "ID:SECRET",
        };
        var fleet = new Option<string?>("--fleet")
        {
            Description = "A CSV file of cards, with the columns Iccid and Imei. Default: the sample fleet.",
            HelpName = "cards.csv",
        };
        var latency = Number("--latency", "MS", "Milliseconds that every answer is held back.", MaxLatency);

        var faults = new Option<string[]>("--fault")
        {
            Description = "A fault and the share of requests that it strikes, 0 to 1. May be given more than once. "
                + $"all = every kind alike. Kinds: {string.Join(", ", FaultKinds.All)}.",
            HelpName = "KIND=RATE",
        };
        var seed = Number("--seed", "N", "What the faults are drawn from. Default: 0.", int.MaxValue);

        var command = new Command("serve", "Runs the sandbox on 127.0.0.1 until Ctrl+C.") { port, keys, fleet, latency, faults, seed };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(port),
            parsed.GetValue(keys) ?? [],
            parsed.GetValue(fleet),
            parsed.GetValue(latency),
            parsed.GetValue(faults) ?? [],
            parsed.GetValue(seed),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(int port, string[] keys, string? fleet, int latency, string[] faults, int seed, CancellationToken cancellationToken)
    {
        try
        {
            var options = new SandboxOptions
            {
                Port = port,
                AccessKeys = keys.Length == 0 ? [SandboxOptions.DefaultAccessKey] : ParseKeys(keys),
                Fleet = fleet is null ? Fleet.Sample() : Fleet.FromCsv(fleet),
                Latency = TimeSpan.FromMilliseconds(latency),
                Faults = FaultRates.Parse(faults, seed),
                Output = Console.Out,
            };
            await using var service = await SandboxService.StartAsync(options, cancellationToken);
            await Console.Out.WriteLineAsync($"listening on {service.Endpoint.GetLeftPart(UriPartial.Authority)}");
            await Console.Out.FlushAsync(CancellationToken.None);
            await UntilCancelled(cancellationToken);
            return 0;
        }
        catch (InvalidDataException exception)
        {
            return Fail($"{fleet}: {exception.Message}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException)
        {
            return Fail(exception.Message);
        }
    }

    private static List<SandboxAccessKey> ParseKeys(string[] texts)
    {
        var keys = new List<SandboxAccessKey>();
        foreach (var text in texts)
        {
            // The text itself is not repeated: it holds a secret.
            if (text.Split(':', 2) is not [{ Length: > 0 } id, { Length: > 0 } secret])
                throw new FormatException("--access-key takes ID:SECRET, with neither part empty.");
            if (keys.Exists(key => string.Equals(key.Id, id, StringComparison.Ordinal)))
                throw new FormatException($"--access-key gives the ID {id} twice.");
            keys.Add(new SandboxAccessKey(id, secret));
        }

        return keys;
    }

    private static async Task UntilCancelled(CancellationToken cancellationToken)
    {
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancellationToken.Register(cancelled.SetResult);
        await cancelled.Task;
    }

    private static Option<int> Number(string name, string helpName, string description, int most) => new(name)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = result =>
        {
            if (int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most)
                return number;
            result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} takes a whole number from 0 to {most}."));
            return 0;
        },
    };

    private static int Fail(string message)
    {
        Console.Error.WriteLine(message.ReplaceLineEndings(" "));
        return 1;
    }
}
