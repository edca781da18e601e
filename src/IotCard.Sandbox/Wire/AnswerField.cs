namespace IotCard.Sandbox;

/// <summary>A field of an <see cref="AnswerPayload"/>: a text or a truth value.</summary>
internal readonly record struct AnswerField(string Name, string? Text, bool Flag)
{
    public AnswerField(string name, string text) : this(name, text, Flag: false)
    {
    }

    public AnswerField(string name, bool flag) : this(name, Text: null, flag)
    {
    }
}
