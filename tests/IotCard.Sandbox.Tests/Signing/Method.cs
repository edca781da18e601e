namespace IotCard.Sandbox.Tests;

/// <summary>The signature method.</summary>
public enum Method
{
    Acs3,
    HmacSha1,
}
