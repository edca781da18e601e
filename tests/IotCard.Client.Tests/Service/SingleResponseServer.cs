using System.Net;
using System.Net.Sockets;
using System.Text;

namespace IotCard.Client.Tests.Service;

/// <summary>A server on loopback that reads a request's head, sends the same bytes to each, and closes.</summary>
internal sealed class SingleResponseServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly byte[] _response;
    private readonly Task _serving;
    private int _requests;

    internal SingleResponseServer(string answer)
    {
        _response = Encoding.ASCII.GetBytes(answer);
        _listener.Start();
        Endpoint = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _serving = ServeAsync();
    }

    internal Uri Endpoint { get; }

    internal int Requests => Volatile.Read(ref _requests);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving;
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                Interlocked.Increment(ref _requests);
                var stream = client.GetStream();
                _ = await stream.ReadAsync(new byte[16 * 1024], _stop.Token);
                await stream.WriteAsync(_response, _stop.Token);
            }
            catch (Exception end) when (end is OperationCanceledException or IOException)
            {
                // Stopped, or the client went away first.
            }
        }
    }
}
