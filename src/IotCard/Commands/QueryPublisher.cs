using IotCard.Texts;

namespace IotCard.Commands;

/// <summary>Writes the results of queries, in input order.</summary>
internal sealed class QueryPublisher : RunPublisher
{
    private readonly QuerySession _session;

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
