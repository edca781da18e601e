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
    /// <summary>Computes the hash.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="endpoint">Where it is sent.</param>
    /// <param name="rows">The rows, in order.</param>
    /// <returns>64 hexadecimal digits, in lower case.</returns>
    internal static string Compute(BindingOperation operation, Uri endpoint, IEnumerable<Row> rows)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, operation.ToString());
        Append(hash, endpoint.GetLeftPart(UriPartial.Authority));
        foreach (var row in rows)
        {
            Append(hash, row.Binding.Iccid);
            Append(hash, row.Binding.Imei);
            Append(hash, row.Binding.NewImei ?? string.Empty);
        }

        return Convert.ToHexString(hash.GetHashAndReset()).ToLowerInvariant();
    }

    /// <summary>Appends a text and its length, so that no two lists read the same.</summary>
    private static void Append(IncrementalHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        hash.AppendData(Encoding.ASCII.GetBytes(bytes.Length.ToString(CultureInfo.InvariantCulture) + ":"));
        hash.AppendData(bytes);
    }
}
