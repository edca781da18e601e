using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace IotCard.Benchmarks.Subjects;

/// <summary>A certificate for the sandbox, in PEM files.</summary>
/// <param name="CertificatePath">The certificate, which a client trusts whose <c>SSL_CERT_FILE</c> names it.</param>
/// <param name="KeyPath">Its private key.</param>
internal sealed record ServiceCertificate(string CertificatePath, string KeyPath)
{
    /// <summary>Creates a self-signed certificate for 127.0.0.1 that is valid for a day.</summary>
    internal static ServiceCertificate Create(string certificatePath, string keyPath)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(certificatePath, certificate.ExportCertificatePem());
        File.WriteAllText(keyPath, key.ExportPkcs8PrivateKeyPem());
        return new ServiceCertificate(certificatePath, keyPath);
    }

    /// <summary>Reads it with its key.</summary>
    internal X509Certificate2 Read() => X509Certificate2.CreateFromPemFile(CertificatePath, KeyPath);
}
