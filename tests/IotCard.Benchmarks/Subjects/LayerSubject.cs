using System.Diagnostics;
using IotCard.Client.Cards;
using IotCard.Client.Credentials;
using IotCard.Client.Rules;
using IotCard.Client.Running;
using IotCard.Client.Sending;
using IotCard.Client.Service;
using IotCard.Client.Signing;

namespace IotCard.Benchmarks.Subjects;

/// <summary>The module's client up to a layer, without the engine, to show what each layer takes.</summary>
internal static class LayerSubject
{
    internal static async Task<IterationResult> RunAsync(Iteration iteration)
    {
        var workload = iteration.Workload;
        var rows = Enumerable.Range(0, workload.Cards).Select(i => workload[i]).Select(r => BindingRow.Rebind(r.Iccid, r.Imei, r.NewImei)).ToArray();
        using var transport = new ServiceTransport(static () => ServiceHandler.Create(), TimeProvider.System, TimeSpan.FromSeconds(10));
        using var sender = new OperationSender(
            new SenderOptions { Endpoint = iteration.Endpoint!, MaximumInFlight = iteration.InFlight },
            new StaticCredentialProvider(new Credential(iteration.AccessKeyId, iteration.AccessKeySecret)),
            transport);
        var run = Runner(iteration, rows, transport, sender);
        Garbage.Settle();
        if (iteration.WaitsForCompiler)
        {
            await JustInTimeCompiler.WaitUntilIdleAsync();
        }

        var cpu = Environment.CpuUsage.TotalTime;
        var start = Stopwatch.GetTimestamp();
        await run();
        return new IterationResult(Stopwatch.GetElapsedTime(start).TotalSeconds, (Environment.CpuUsage.TotalTime - cpu).TotalSeconds);
    }

    private static Func<Task> Runner(Iteration iteration, BindingRow[] rows, ServiceTransport transport, OperationSender sender)
    {
        var api = new BindingApi(iteration.Endpoint!);
        var signer = new RequestSigner(SignatureMethod.Acs3HmacSha256);
        var credential = new Credential(iteration.AccessKeyId, iteration.AccessKeySecret);
        var nonces = new RandomNonceSource();
        SignedRequest Sign(BindingRow row) => signer.Sign(api.ToCall(row), credential, nonces.Next(), DateTimeOffset.UtcNow);
        switch (iteration.Layer)
        {
            case Layer.Transport:
                var signed = rows.Select(Sign).ToArray();
                return () => SendAllAsync(iteration, i => transport.SendAsync(signed[i], CancellationToken.None));
            case Layer.Signing:
                return () => SendAllAsync(iteration, i => transport.SendAsync(Sign(rows[i]), CancellationToken.None));
            case Layer.Sender:
                return () => SendAllAsync(iteration, i => sender.SendAsync(rows[i], record: null, CancellationToken.None));
            default:
                return () =>
                {
                    RunAll(iteration, rows, sender);
                    return Task.CompletedTask;
                };
        }
    }

    private static Task SendAllAsync(Iteration iteration, Func<int, Task> sendAsync)
    {
        var next = -1;
        return Task.WhenAll(Enumerable.Range(0, iteration.InFlight).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) is var i && i < iteration.Workload.Cards)
            {
                await sendAsync(i);
            }
        })));
    }

    private static void RunAll(Iteration iteration, BindingRow[] rows, OperationSender sender)
    {
        using var run = new BindingRun(sender, new RunOptions { ThrottleLimit = iteration.InFlight });
        foreach (var row in rows)
        {
            run.Add(new Row(row));
            while (run.IsFull)
            {
                TakeAll(run);
            }
        }

        while (!run.IsEmpty)
        {
            TakeAll(run);
        }
    }

    /// <summary>Waits as the commands do.</summary>
    private static void TakeAll(BindingRun run)
    {
        run.WaitForNextAsync().Wait();
        run.WaitForBatchAsync().Wait(TimeSpan.FromMilliseconds(50));
        while (run.TryDequeue(out _))
        {
        }
    }
}
