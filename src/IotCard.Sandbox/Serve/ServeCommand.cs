using System.CommandLine;
using System.Globalization;
using System.Net;
using IotCard.Sandbox.Audit;
using IotCard.Sandbox.Cards;
using IotCard.Sandbox.Faults;
using IotCard.Sandbox.Service;

namespace IotCard.Sandbox.Serve;

/// <summary><c>serve</c>: runs the sandbox until it is interrupted.</summary>
internal static class ServeCommand
{
    // No client waits longer than this for a response; a higher value is most likely a mistake in the unit.
    private const int MaxLatency = 600_000;

    private const int MaxAuditDelay = 86_400;

    public static Command Create()
    {
        var port = Number("--port", "N", "The port on 127.0.0.1; 0 takes any free one.", IPEndPoint.MaxPort);
        var keys = new Option<string[]>("--access-key")
        {
            Description = "An AccessKey that requests may be signed with. May be given more than once. Default: sandbox-id:sandbox-secret.",
            HelpName = "ID:SECRET",
        };
        var stsKeys = new Option<string[]>("--sts-key")
        {
            Description = "A temporary AccessKey with its security token; the token may contain colons. May be given more than once.",
            HelpName = "ID:SECRET:TOKEN",
        };
        var fleet = new Option<string?>("--fleet")
        {
            Description = "A CSV file of cards, with the columns Iccid and Imei. Default: the sample fleet.",
            HelpName = "cards.csv",
        };
        var latency = Number("--latency", "MS", "Milliseconds by which every response is delayed.", MaxLatency);

        var faults = new Option<string[]>("--fault")
        {
            Description = "A fault and its share of requests, 0 to 1. May be given more than once. "
                + $"network, middlebox and all spread the rate evenly over the kinds of a group. Kinds: {string.Join(", ", FaultKinds.All)}.",
            HelpName = "KIND=RATE",
        };
        var seed = Number("--seed", "N", "What the faults are drawn from. Default: 0.", int.MaxValue);

        var outage = new Option<string?>("--outage")
        {
            Description = "An outage, which begins at once or after N executed operations and lasts S seconds or M requests. "
                + $"Kinds: {string.Join(", ", Enum.GetNames<OutageKind>())}.",
            HelpName = "KIND[,after=N][,seconds=S][,attempts=M]",
        };
        var requireUpload = new Option<bool>("--require-upload")
        {
            Description = "Know only the devices that the cards are bound to and those uploaded with DoIotPostImei.",
        };
        var requireSignedHost = new Option<bool>("--require-signed-host")
        {
            Description = "Refuse an ACS3 request whose host header is not signed.",
        };
        var requireInstanceId = new Option<bool>("--require-instance-id")
        {
            Description = "Require the InstanceId of a closed card in GetCardDetail, in addition to DestroyCard.",
        };
        var deviceImei = Choice<DeviceImeiSource>(
            "--device-imei", "What GetCardDetail reports as DeviceImei: the bound device, or the one that the card was last seen in. Default: Binding.");
        var closedCard = Choice<ClosedCardRefusal>(
            "--closed-card", "How GetCardDetail refuses a closed card that is asked for without DestroyCard. Default: ResourceNotExist.");
        var nameMissing = new Option<bool>("--name-missing-parameters")
        {
            Description = "Refuse a call without a required parameter with Missing and its name, such as MissingIccid.",
        };
        var auditDelay = Number("--audit-delay", "S", "Seconds after which an operation can be looked up in the audit trail. Default: 600.", MaxAuditDelay);
        auditDelay.DefaultValueFactory = _ => (int)new AuditTrailOptions().Delay.TotalSeconds;

        var command = new Command("serve", "Runs the sandbox on 127.0.0.1 until Ctrl+C.")
        {
            port, keys, stsKeys, fleet, latency, faults, seed, outage, requireUpload, requireSignedHost, requireInstanceId, deviceImei,
            closedCard, nameMissing, auditDelay,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.InvocationConfiguration,
            parsed.GetValue(fleet),
            () => new SandboxOptions
            {
                Port = parsed.GetValue(port),
                AccessKeys = AccessKeyText.Parse(parsed.GetValue(keys) ?? [], parsed.GetValue(stsKeys) ?? []),
                Fleet = CreateFleet(parsed.GetValue(fleet), parsed.GetValue(requireUpload)),
                Latency = TimeSpan.FromMilliseconds(parsed.GetValue(latency)),
                Faults = FaultRates.Parse(parsed.GetValue(faults) ?? [], parsed.GetValue(seed)),
                Outage = parsed.GetValue(outage) is { } text ? OutageText.Parse(text) : null,
                RequireSignedHost = parsed.GetValue(requireSignedHost),
                ClosedCardsNeedInstanceId = parsed.GetValue(requireInstanceId),
                DeviceImei = parsed.GetValue(deviceImei),
                ClosedCard = parsed.GetValue(closedCard),
                NamesMissingParameters = parsed.GetValue(nameMissing),
                AuditTrail = new AuditTrailOptions { Delay = TimeSpan.FromSeconds(parsed.GetValue(auditDelay)) },
                Output = parsed.InvocationConfiguration.Output,
            },
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        InvocationConfiguration console, string? fleet, Func<SandboxOptions> readOptions, CancellationToken cancellationToken)
    {
        try
        {
            var options = readOptions();
            await using var service = await SandboxService.StartAsync(options, cancellationToken);
            await console.Output.WriteLineAsync($"listening on {service.Endpoint.GetLeftPart(UriPartial.Authority)}, token {service.AdminToken}");
            await console.Output.WriteLineAsync(PracticeMode.Line(service.Endpoint, options.AccessKeys.First()));
            await console.Output.FlushAsync(CancellationToken.None);
            await WaitForCancellationAsync(cancellationToken);
            return 0;
        }
        catch (InvalidDataException exception)
        {
            return Fail(console, $"{fleet}: {exception.Message}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException)
        {
            return Fail(console, exception.Message);
        }
    }

    private static Fleet CreateFleet(string? path, bool requireUpload)
    {
        var fleet = path is null ? Fleet.Sample() : Fleet.FromCsv(path);
        fleet.RequiresUpload = requireUpload;
        return fleet;
    }

    private static async Task WaitForCancellationAsync(CancellationToken cancellationToken)
    {
        var canceled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancellationToken.Register(canceled.SetResult);
        await canceled.Task;
    }

    private static Option<T> Choice<T>(string name, string description) where T : struct, Enum => new(name)
    {
        Description = description,
        HelpName = string.Join('|', Enum.GetNames<T>()),
        CustomParser = result =>
        {
            try
            {
                return Fault.ParseName<T>(result.Tokens[0].Value);
            }
            catch (FormatException)
            {
                result.AddError($"{name} takes {string.Join(" or ", Enum.GetNames<T>())}.");
                return default;
            }
        },
    };

    private static Option<int> Number(string name, string helpName, string description, int most) => new(name)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = result =>
        {
            if (int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most)
            {
                return number;
            }

            result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} takes a whole number from 0 to {most}."));
            return 0;
        },
    };

    private static int Fail(InvocationConfiguration console, string message)
    {
        console.Error.WriteLine(message.ReplaceLineEndings(" "));
        return 1;
    }
}
