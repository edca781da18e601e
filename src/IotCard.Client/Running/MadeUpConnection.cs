#if NET
using System.Text;

namespace IotCard.Client.Running;

/// <summary>A connection to a made-up service, which takes whatever is sent and answers that the operation was performed.</summary>
internal sealed class MadeUpConnection : Stream
{
    private const string Body = """{"Code":"OK","Message":"OK","RequestId":"00000000-0000-0000-0000-000000000000","IotModBind":{"IsModSuccess":true}}""";

    private readonly MemoryStream _response = new(Encoding.ASCII.GetBytes(
        FormattableString.Invariant($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {Body.Length}\r\n\r\n{Body}")));

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => _response.Read(buffer, offset, count);

    // On another thread, because a real response is always waited for.
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        new(Task.Run(() => _response.Read(buffer.Span), cancellationToken));

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count)
    {
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => default;

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _response.Dispose();
    }
}
#endif
