using System.Security.Cryptography;
using System.Text;

namespace IotCard.Sandbox.Admin;

/// <summary>
/// What a caller of the administration must know. Only who started the sandbox, or reads its output, has it: any other
/// user of the machine can reach the port.
/// </summary>
internal sealed class AdminToken
{
    public const string Header = "x-sandbox-token";

    public string Value { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    public bool IsIn(HttpRequest request) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(request.Headers[Header].ToString()), Encoding.UTF8.GetBytes(Value));
}
