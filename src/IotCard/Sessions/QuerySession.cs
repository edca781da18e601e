using IotCard.Client.Queries;
using IotCard.Client.Running;
using IotCard.Client.Sending;

namespace IotCard.Sessions;

/// <summary>The session of a command that sends queries: the run, and a sender for each endpoint, all with one credential.</summary>
internal sealed class QuerySession : RunSession
{
    /// <summary>How many queries may be ahead of the oldest one that is not yet published, as for bindings.</summary>
    private static readonly int Window = new RunOptions().Window;

    private readonly QuerySender[] _senders;

    /// <summary>Prepares the senders.</summary>
    /// <param name="connection">The credential and the connections; the session disposes them.</param>
    /// <param name="options">For each endpoint how its queries are sent.</param>
    internal QuerySession(ServiceConnection connection, params SenderOptions[] options)
        : this(connection, [.. options.Select(one => new QuerySender(one, connection.Credentials, connection.Transport))])
    {
    }

    private QuerySession(ServiceConnection connection, QuerySender[] senders)
        : base(connection, [.. senders.Select(static sender => sender.Requests)])
    {
        _senders = senders;
        Run = new QueryRun<QueryItem>(Window, static item => item.IsFailed, senders);
    }

    internal QueryRun<QueryItem> Run { get; }

    /// <summary>The senders, in the order of the endpoints.</summary>
    internal IReadOnlyList<QuerySender> Senders => _senders;

    internal override IRun CurrentRun => Run;

    private protected override void Close()
    {
        Run.Dispose();
        foreach (var sender in _senders)
        {
            sender.Dispose();
        }
    }
}
