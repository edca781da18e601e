using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace IotCard.Benchmarks.Subjects;

/// <summary>Serves the sandbox over TLS: decrypts what arrives and passes it on.</summary>
internal sealed class TlsRelay : IDisposable
{
    private readonly Uri _service;
    private readonly X509Certificate2 _certificate;
    private readonly TcpListener _listener = new(IPAddress.Loopback, port: 0);

    internal TlsRelay(Uri service, ServiceCertificate certificate)
    {
        _service = service;
        _certificate = certificate.Read();
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>Its address, with https.</summary>
    internal Uri Endpoint => new($"https://{_listener.LocalEndpoint}/");

    public void Dispose()
    {
        _listener.Dispose();
        _certificate.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = RelayAsync(await _listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }

    // A connection that fails, fails for its client too, whose iteration then fails.
    private async Task RelayAsync(TcpClient client)
    {
        using (client)
        using (var service = new TcpClient { NoDelay = true })
        {
            client.NoDelay = true;
            await service.ConnectAsync(_service.Host, _service.Port);
            await using var plain = service.GetStream();
            await using var encrypted = new SslStream(client.GetStream());
            await encrypted.AuthenticateAsServerAsync(_certificate);
            await Task.WhenAny(encrypted.CopyToAsync(plain), plain.CopyToAsync(encrypted));
        }
    }
}
