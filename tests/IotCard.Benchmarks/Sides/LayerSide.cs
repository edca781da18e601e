using System.Diagnostics;
using IotCard.Client.Cards;
using IotCard.Client.Credentials;
using IotCard.Client.Running;
using IotCard.Client.Sending;
using IotCard.Client.Service;
using IotCard.Client.Signing;

namespace IotCard.Benchmarks.Sides;

/// <summary>The module's client up to a layer, without the engine, so that it can be told which layer takes what.</summary>
internal static class LayerSide
{
    internal static async Task<TurnResult> PlayAsync(Turn turn)
    {
        var workload = new Workload(turn.Cards, turn.SharedEvery);
        var rows = Enumerable.Range(0, turn.Cards).Select(i => workload[i]).Select(r => BindingRow.Rebind(r.Iccid, r.Imei, r.NewImei)).ToArray();
        using var transport = new ServiceTransport(ServiceHandler.Create(), TimeProvider.System, TimeSpan.FromSeconds(10));
        using var sender = new OperationSender(
            new SenderOptions { Endpoint = turn.Endpoint! },
            new StaticCredentialProvider(new Credential(turn.AccessKeyId, turn.AccessKeySecret)),
            transport);
        var play = Player(turn, rows, transport, sender);
        Garbage.Settle();

        var start = Stopwatch.GetTimestamp();
        await play();
        return new TurnResult(Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    private static Func<Task> Player(Turn turn, BindingRow[] rows, ServiceTransport transport, OperationSender sender)
    {
        var api = new BindingApi(turn.Endpoint!);
        var signer = new RequestSigner(SignatureMethod.Acs3HmacSha256);
        var credential = new Credential(turn.AccessKeyId, turn.AccessKeySecret);
        var nonces = new RandomNonceSource();
        SignedRequest Sign(BindingRow row) => signer.Sign(api.ToCall(row), credential, nonces.Next(), DateTimeOffset.UtcNow);
        switch (turn.Layer)
        {
            case Layer.Transport:
                var signed = rows.Select(Sign).ToArray();
                return () => SendAllAsync(turn, i => transport.SendAsync(signed[i], CancellationToken.None));
            case Layer.Signing:
                return () => SendAllAsync(turn, i => transport.SendAsync(Sign(rows[i]), CancellationToken.None));
            case Layer.Sender:
                return () => SendAllAsync(turn, i => sender.SendAsync(rows[i], intents: null, CancellationToken.None));
            default:
                return () =>
                {
                    RunAll(turn, rows, sender);
                    return Task.CompletedTask;
                };
        }
    }

    private static Task SendAllAsync(Turn turn, Func<int, Task> sendAsync)
    {
        var next = -1;
        return Task.WhenAll(Enumerable.Range(0, turn.InFlight).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) is var i && i < turn.Cards)
            {
                await sendAsync(i);
            }
        })));
    }

    private static void RunAll(Turn turn, BindingRow[] rows, OperationSender sender)
    {
        using var run = new BindingRun(sender, new RunOptions { ThrottleLimit = turn.InFlight });
        foreach (var row in rows)
        {
            run.Add(row);
            while (run.IsFull)
            {
                TakeOut(run);
            }
        }

        while (!run.IsEmpty)
        {
            TakeOut(run);
        }
    }

    /// <summary>As the commands do it: once something is there, a moment longer for more.</summary>
    private static void TakeOut(BindingRun run)
    {
        run.WaitForNextAsync().Wait();
        run.WaitForAllAsync().Wait(TimeSpan.FromMilliseconds(10));
        while (run.TryTake(out _))
        {
        }
    }
}
