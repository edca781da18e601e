using System.Diagnostics;

namespace IotCard.Benchmarks.Subjects;

/// <summary>A bare <see cref="HttpClient"/> that posts requests signed in advance, and checks only the status.</summary>
internal static class HttpSubject
{
    internal static async Task<IterationResult> RunAsync(Iteration iteration)
    {
        var requests = ReadyRequest.For(iteration);
        Garbage.Settle();
        if (iteration.WaitsForCompiler)
        {
            await JustInTimeCompiler.WaitUntilIdleAsync();
        }

        var next = -1;
        var cpu = Environment.CpuUsage.TotalTime;
        var start = Stopwatch.GetTimestamp();
        using (var client = new HttpClient())
        {
            await Task.WhenAll(Enumerable.Range(0, iteration.InFlight).Select(_ => Task.Run(() => PostAsync(client))));
        }

        return new IterationResult(Stopwatch.GetElapsedTime(start).TotalSeconds, (Environment.CpuUsage.TotalTime - cpu).TotalSeconds);

        async Task PostAsync(HttpClient client)
        {
            while (Interlocked.Increment(ref next) is var i && i < requests.Length)
            {
                using var message = new HttpRequestMessage(HttpMethod.Post, requests[i].Uri);
                foreach (var (name, value) in requests[i].Headers)
                {
                    message.Headers.TryAddWithoutValidation(name, value);
                }

                using var response = await client.SendAsync(message);
                response.EnsureSuccessStatusCode();
                await response.Content.ReadAsByteArrayAsync();
            }
        }
    }
}
