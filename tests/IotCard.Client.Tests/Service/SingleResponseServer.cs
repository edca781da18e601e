using System.Net.Sockets;
using System.Text;

namespace IotCard.Client.Tests.Service;

/// <summary>Reads the beginning of a request, sends the same bytes to each connection, and closes it.</summary>
internal sealed class SingleResponseServer(string response) : LoopbackServer
{
    private int _requests;

    internal int Requests => Volatile.Read(ref _requests);

    private protected override async Task ServeAsync(NetworkStream connection, CancellationToken stop)
    {
        Interlocked.Increment(ref _requests);
        _ = await connection.ReadAsync(new byte[16 * 1024], stop);
        await connection.WriteAsync(Encoding.ASCII.GetBytes(response), stop);
    }
}
