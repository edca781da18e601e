using System.Collections;
using System.Management.Automation;

namespace IotCard.Input;

/// <summary>Recognizes the shape of input objects.</summary>
internal static class InputShapes
{
    internal static InputShape Of(PSObject? input) => input?.BaseObject switch
    {
        null => InputShape.Nothing,
        string or char => InputShape.Text,
        decimal or Enum or DateTime or DateTimeOffset or Guid => InputShape.Value,
        { } value when value.GetType().IsPrimitive => InputShape.Value,
        IDictionary => InputShape.Dictionary,
        IList => InputShape.List,
        _ => InputShape.Row,
    };
}
