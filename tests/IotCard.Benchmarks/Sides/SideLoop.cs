using System.Text.Json;

namespace IotCard.Benchmarks.Sides;

/// <summary>The way of orders and answers between processes: a line of JSON each.</summary>
internal static class SideLoop
{
    internal static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web);

    /// <summary>Answers orders until the input ends.</summary>
    internal static async Task RunAsync<TOrder, TAnswer>(Func<TOrder, Task<TAnswer>> play)
    {
        while (await Console.In.ReadLineAsync() is { } line)
        {
            Reply<TAnswer> reply;
            try
            {
                reply = new Reply<TAnswer>(await play(JsonSerializer.Deserialize<TOrder>(line, Json)!));
            }
            catch (Exception failure)
            {
                reply = new Reply<TAnswer>(default, failure.ToString());
            }

            await Console.Out.WriteLineAsync(JsonSerializer.Serialize(reply, Json));
            await Console.Out.FlushAsync();
        }
    }
}
