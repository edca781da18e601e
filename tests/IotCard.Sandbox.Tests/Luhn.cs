namespace IotCard.Sandbox.Tests;

internal static class Luhn
{
    public static bool IsValid(string digits) =>
        digits.Reverse().Select((c, i) => i % 2 == 0 ? c - '0' : "0246813579"[c - '0'] - '0').Sum() % 10 == 0;
}
