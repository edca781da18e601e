using System.Text;

namespace IotCard.Tests.Kill;

/// <summary>Counts the requests that a sandbox has answered, and acts at the n-th.</summary>
internal sealed class RequestCounter : TextWriter
{
    private readonly Lock _gate = new();
    private int _left = int.MaxValue;
    private Action? _act;

    public override Encoding Encoding => Encoding.UTF8;

    public override void WriteLine(string? value) => Count();

    public override Task WriteLineAsync(string? value)
    {
        Count();
        return Task.CompletedTask;
    }

    /// <summary>Acts after this many further requests.</summary>
    internal void After(int requests, Action act)
    {
        lock (_gate)
        {
            _left = requests;
            _act = act;
        }
    }

    private void Count()
    {
        Action? act = null;
        lock (_gate)
        {
            if (--_left == 0)
            {
                act = _act;
            }
        }

        act?.Invoke();
    }
}
