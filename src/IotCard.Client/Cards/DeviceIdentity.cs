namespace IotCard.Client.Cards;

/// <summary>
/// What identifies a device: the first 14 digits of its IMEI, which are the same with or without a check digit or
/// software version (3GPP TS 23.003, section 6).
/// </summary>
internal static class DeviceIdentity
{
    private const int Digits = 14;

    /// <summary>Reads the identity as a number.</summary>
    /// <exception cref="ArgumentException">The IMEI has fewer than 14 digits or other characters.</exception>
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
