using System.Net.Sockets;
using System.Text;

namespace IotCard.Sandbox.Tests.Faults;

/// <summary>A connection on which a test sees what arrives, byte by byte, and how it ends.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly TcpClient _client = new();

    private RawConnection()
    {
    }

    public static async Task<RawConnection> OpenAsync(Sandbox sandbox)
    {
        var connection = new RawConnection();
        await connection._client.ConnectAsync("127.0.0.1", sandbox.Service.Endpoint.Port, TestContext.Current.CancellationToken);
        return connection;
    }

    /// <summary>Sends one request on its own connection and reads until that ends.</summary>
    public static async Task<(string Text, bool Reset)> ExchangeAsync(Sandbox sandbox, TestRequest request)
    {
        using var connection = await OpenAsync(sandbox);
        await connection.SendAsync(sandbox, request);
        return await connection.ReadToEndAsync();
    }

    /// <summary>The same if connecting may fail, or the connection may be lost at any moment.</summary>
    public static async Task TryExchangeAsync(Sandbox sandbox, TestRequest request)
    {
        try
        {
            using var connection = await OpenAsync(sandbox);
            await connection.SendAsync(sandbox, request);
            await connection.ReadResponseAsync();
        }
        catch (Exception exception) when (exception is SocketException or InvalidOperationException)
        {
            // Refused, reset, or ended without a response.
        }
    }

    public async Task SendAsync(Sandbox sandbox, TestRequest request)
    {
        using var message = request.Build(sandbox.Service.Endpoint);
        var text = new StringBuilder($"{message.Method} {message.RequestUri!.PathAndQuery} HTTP/1.1\r\nHost: {message.RequestUri.Authority}\r\nContent-Length: 0\r\n");
        foreach (var (name, values) in message.Headers.NonValidated)
            text.Append($"{name}: {values}\r\n");
        await _client.Client.SendAsync(Encoding.ASCII.GetBytes(text.Append("\r\n").ToString()), TestContext.Current.CancellationToken);
    }

    public async Task<(string Text, bool Reset)> ReadToEndAsync()
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        try
        {
            while (await _client.Client.ReceiveAsync(buffer, TestContext.Current.CancellationToken) is > 0 and var count)
                text.Append(Encoding.UTF8.GetString(buffer, 0, count));
            return (text.ToString(), false);
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.ConnectionReset)
        {
            return (text.ToString(), true);
        }
    }

    /// <summary>Reads one complete response with Content-Length.</summary>
    public async Task<string> ReadResponseAsync()
    {
        var text = new StringBuilder();
        var buffer = new byte[1];
        while (!text.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await _client.Client.ReceiveAsync(buffer, TestContext.Current.CancellationToken) > 0)
            text.Append((char)buffer[0]);
        var length = text.ToString().Split("\r\n").Single(line => line.StartsWith("Content-Length: ", StringComparison.Ordinal))["Content-Length: ".Length..];
        for (var left = int.Parse(length); left > 0; left--)
        {
            await _client.Client.ReceiveAsync(buffer, TestContext.Current.CancellationToken);
            text.Append((char)buffer[0]);
        }

        return text.ToString();
    }

    public void Dispose() => _client.Dispose();
}
