using System.Text.Json;
using System.Text.Json.Serialization;

namespace IotCard.Benchmarks.Subjects;

/// <summary>The protocol between the processes: one line of JSON per request and response.</summary>
internal static class SubjectLoop
{
    internal static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    /// <summary>Handles requests until the input ends.</summary>
    internal static async Task RunAsync<TRequest, TResponse>(Func<TRequest, Task<TResponse>> run)
    {
        while (await Console.In.ReadLineAsync() is { } line)
        {
            Reply<TResponse> reply;
            try
            {
                reply = new Reply<TResponse>(await run(JsonSerializer.Deserialize<TRequest>(line, Json)!));
            }
            catch (Exception failure)
            {
                reply = new Reply<TResponse>(default, failure.ToString());
            }

            await Console.Out.WriteLineAsync(JsonSerializer.Serialize(reply, Json));
            await Console.Out.FlushAsync();
        }
    }
}
