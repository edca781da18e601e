using System.Text.Json;
using System.Text.Json.Serialization;

namespace IotCard.Benchmarks.Subjects;

/// <summary>The way of orders and answers between processes: a line of JSON each.</summary>
internal static class SubjectLoop
{
    internal static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    /// <summary>Answers orders until the input ends.</summary>
    internal static async Task RunAsync<TOrder, TResponse>(Func<TOrder, Task<TResponse>> run)
    {
        while (await Console.In.ReadLineAsync() is { } line)
        {
            Reply<TResponse> reply;
            try
            {
                reply = new Reply<TResponse>(await run(JsonSerializer.Deserialize<TOrder>(line, Json)!));
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
