using System.Globalization;

namespace IotCard.Benchmarks.Reports;

/// <summary>How busy the machine is: the system's one-minute load average, before and during a run.</summary>
internal sealed class LoadAverage
{
    private const string File = "/proc/loadavg";

    private readonly double? _before = Read();
    private readonly List<double> _meanwhile = [];

    /// <summary>Takes another sample.</summary>
    internal void Look()
    {
        if (Read() is { } load)
        {
            _meanwhile.Add(load);
        }
    }

    public override string ToString() => _before is { } before && _meanwhile.Count > 0
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"load average {before:0.00} before and {_meanwhile.Min():0.00} to {_meanwhile.Max():0.00} while it ran (median {Median.Compute(_meanwhile):0.00})")
        : "load average not known on this system";

    private static double? Read() => System.IO.File.Exists(File)
        ? double.Parse(System.IO.File.ReadAllText(File).Split(' ')[0], CultureInfo.InvariantCulture)
        : null;
}
