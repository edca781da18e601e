namespace IotCard.Sandbox;

/// <summary>A field of an <see cref="ResponsePayload"/>: a text or a truth value.</summary>
internal readonly record struct ResponseField(string Name, string? Text, bool Flag)
{
    public ResponseField(string name, string text) : this(name, text, Flag: false)
    {
    }

    public ResponseField(string name, bool flag) : this(name, Text: null, flag)
    {
    }
}
