using System.Collections;
using System.Globalization;
using System.Management.Automation;
using IotCard.Texts;

namespace IotCard.Input;

/// <summary>
/// Keeps the engine from turning a whole object into text. What is piped in is taken by value only if it is text or a
/// number; of anything else, the engine goes on to the property of the parameter's name.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class PlainTextAttribute : ArgumentTransformationAttribute
{
    /// <summary>Refuses what is not plain, in the way in which the engine takes a refusal for "not this parameter".</summary>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = Unwrap(inputData);
        return value is null or IConvertible || (value is IEnumerable values and not IDictionary && values.Cast<object?>().All(static v => Unwrap(v) is null or IConvertible))
            ? inputData
            : throw Refusal(new Text(CultureInfo.CurrentUICulture).Format("NotPlainText", value.GetType()));
    }

    private static ArgumentTransformationMetadataException Refusal(string words) => new(words, new PSInvalidCastException(words));

    private static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
