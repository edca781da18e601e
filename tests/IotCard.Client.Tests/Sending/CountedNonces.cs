using System.Globalization;
using IotCard.Client.Signing;

namespace IotCard.Client.Tests.Sending;

/// <summary>n1, n2, n3 …</summary>
internal sealed class CountedNonces : INonceSource
{
    private int _count;

    public string Next() => "n" + Interlocked.Increment(ref _count).ToString(CultureInfo.InvariantCulture);
}
