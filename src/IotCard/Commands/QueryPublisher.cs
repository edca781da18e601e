using IotCard.Texts;

namespace IotCard.Commands;

/// <summary>Writes what queries gave, in input order.</summary>
internal sealed class QueryPublisher : RunPublisher
{
    private readonly QuerySession _session;

    /// <summary>Makes a publisher.</summary>
    /// <param name="command">The command.</param>
    /// <param name="text">The words.</param>
    /// <param name="session">The session.</param>
    internal QueryPublisher(RunCommand command, Text text, QuerySession session)
        : base(command, text, session, "ProgressLookup") => _session = session;

    private protected override bool TryWriteNext()
    {
        if (!_session.Run.TryDequeue(out var item))
        {
            return false;
        }

        item.Write();
        return true;
    }
}
