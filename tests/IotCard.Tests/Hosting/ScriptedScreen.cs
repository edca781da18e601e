using System.Management.Automation.Host;

namespace IotCard.Tests.Hosting;

/// <summary>A screen that has a width, and nothing else.</summary>
internal sealed class ScriptedScreen(int columns) : PSHostRawUserInterface
{
    public override Size BufferSize { get; set; } = new(columns, 25);

    public override ConsoleColor BackgroundColor { get; set; }

    public override ConsoleColor ForegroundColor { get; set; }

    public override Coordinates CursorPosition { get; set; }

    public override int CursorSize { get; set; }

    public override bool KeyAvailable => false;

    public override Size MaxPhysicalWindowSize => BufferSize;

    public override Size MaxWindowSize => BufferSize;

    public override Coordinates WindowPosition { get; set; }

    public override Size WindowSize { get; set; }

    public override string WindowTitle { get; set; } = string.Empty;

    public override void FlushInputBuffer() => throw new NotSupportedException();

    public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw new NotSupportedException();

    public override KeyInfo ReadKey(ReadKeyOptions options) => throw new NotSupportedException();

    public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) => throw new NotSupportedException();

    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) => throw new NotSupportedException();

    public override void SetBufferContents(Rectangle rectangle, BufferCell fill) => throw new NotSupportedException();
}
