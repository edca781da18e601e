using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using IotCard.Client.Cards;
using IotCard.Client.Rules;

namespace IotCard.Client.Planning;

/// <summary>
/// Identifies a list for its approval: SHA-256 over the operation, the endpoint and every row in order, as its identifiers
/// are sent, whatever a journal says of them. The format is described in the help of <c>Test-IotCardBinding</c>.
/// </summary>
internal static class PlanHash
{
    // A writer's own default would throw at half a surrogate pair, which a refused row may have.
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Computes the hash.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="endpoint">Where it is sent.</param>
    /// <param name="rows">The rows, in order.</param>
    /// <returns>64 hexadecimal digits, in lower case.</returns>
    internal static string Compute(BindingOperation operation, Uri endpoint, IEnumerable<Row> rows)
    {
        using var hash = SHA256.Create();
        using (var writer = new StreamWriter(new CryptoStream(Stream.Null, hash, CryptoStreamMode.Write), Utf8))
        {
            Append(writer, operation.ToString());
            Append(writer, endpoint.GetLeftPart(UriPartial.Authority));
            foreach (var row in rows)
            {
                Append(writer, row.Binding.Iccid);
                Append(writer, row.Binding.Imei);
                Append(writer, row.Binding.NewImei ?? string.Empty);
            }
        }

        return Convert.ToHexString(hash.Hash!).ToLowerInvariant();
    }

    /// <summary>Appends a text and its length in bytes, so that no two lists read the same.</summary>
    private static void Append(StreamWriter writer, string text)
    {
        writer.Write(Utf8.GetByteCount(text).ToString(CultureInfo.InvariantCulture));
        writer.Write(':');
        writer.Write(text);
    }
}
