namespace IotCard.Sandbox.Tests.Signing;

/// <summary>The signature method.</summary>
public enum Method
{
    Acs3,
    HmacSha1,
}
