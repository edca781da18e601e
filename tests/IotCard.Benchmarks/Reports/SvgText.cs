using System.Globalization;
using System.Text;

namespace IotCard.Benchmarks.Reports;

/// <summary>A drawing in the making, an element a line.</summary>
internal sealed class SvgText
{
    private readonly StringBuilder _text = new();

    internal void Add(FormattableString element) => _text.Append(element.ToString(CultureInfo.InvariantCulture)).Append('\n');

    public override string ToString() => _text.ToString();
}
