namespace IotCard.Sandbox.Wire;

/// <summary>A named value of a response.</summary>
/// <param name="Name">The name, also of the XML element.</param>
/// <param name="Value">A string, a bool, a long, a decimal, a list of strings, a list of fields or a list of lists of fields.</param>
internal sealed record ResponseField(string Name, object Value)
{
    public static ResponseField Object(string name, params ResponseField[] fields) => new(name, fields);
}
