namespace IotCard.Sandbox.Wire;

/// <summary>A named value of a response.</summary>
/// <param name="Name">The name, also of the XML element.</param>
/// <param name="Value">A string, a bool, a long, a list of strings or a list of fields.</param>
internal sealed record ResponseField(string Name, object Value)
{
    public static ResponseField Object(string name, params ResponseField[] fields) => new(name, fields);
}
