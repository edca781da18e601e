using System.Globalization;
using System.Net;
using System.Text;

namespace IotCard.Reporting;

/// <summary>Builds HTML. Every value that is filled in is escaped, so that no cell can become markup.</summary>
internal sealed class HtmlBuilder
{
    private readonly StringBuilder _html = new();

    /// <summary>Appends markup with values, which are escaped.</summary>
    internal HtmlBuilder Add(FormattableString markup)
    {
        _html.AppendFormat(CultureInfo.InvariantCulture, markup.Format, [.. markup.GetArguments().Select(Escape)]).Append('\n');
        return this;
    }

    /// <summary>Appends markup of our own as it is, such as a style sheet.</summary>
    internal HtmlBuilder AddMarkup(string markup)
    {
        _html.Append(markup).Append('\n');
        return this;
    }

    /// <inheritdoc/>
    public override string ToString() => _html.ToString();

    private static object? Escape(object? value) =>
        value is double number ? number : WebUtility.HtmlEncode(Convert.ToString(value, CultureInfo.InvariantCulture));
}
