namespace IotCard.Client.Cards;

/// <summary>
/// What tells a device from another: the first 14 digits of its IMEI, which are the same whether or not a check digit or a
/// software version follows (3GPP TS 23.003, section 6).
/// </summary>
internal static class DeviceIdentity
{
    private const int Digits = 14;

    /// <summary>Gives the identity as a number.</summary>
    /// <exception cref="ArgumentException">An IMEI is shorter than 14 digits or has other characters.</exception>
    internal static long Parse(string imei)
    {
        if (imei.Length < Digits)
        {
            throw new ArgumentException("An IMEI has at least 14 digits.", nameof(imei));
        }

        var device = 0L;
        for (var i = 0; i < Digits; i++)
        {
            device = (device * 10) + (imei[i] is >= '0' and <= '9' ? imei[i] - '0' : throw new ArgumentException("An IMEI has digits only.", nameof(imei)));
        }

        return device;
    }
}
