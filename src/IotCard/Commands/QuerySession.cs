using IotCard.Client.Queries;
using IotCard.Client.Running;

namespace IotCard.Commands;

/// <summary>The session of a command that sends queries: the run, and a sender for each endpoint, all with one credential.</summary>
internal sealed class QuerySession : RunSession
{
    /// <summary>How many queries may be ahead of the oldest one that is not yet published, as for bindings.</summary>
    private static readonly int Window = new RunOptions().Window;

    private readonly QuerySender[] _senders;

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

    /// <summary>Finds the credential and prepares the senders.</summary>
    /// <param name="command">The command.</param>
    /// <param name="text">The texts.</param>
    /// <param name="services">The endpoints, each with its maximum number of requests a second; null for no ceiling.</param>
    /// <exception cref="IotCardException">No credential is available.</exception>
    internal static QuerySession Open(RunCommand command, Texts.Text text, params (Uri Endpoint, int? RequestsPerSecond)[] services)
    {
        var connection = ServiceConnection.Open(command, text);
        return new QuerySession(
            connection,
            [.. services.Select(service => new QuerySender(
                connection.OptionsFor(command, service.Endpoint, service.RequestsPerSecond), connection.Credentials, connection.Transport))]);
    }

    private protected override void Close()
    {
        Run.Dispose();
        foreach (var sender in _senders)
        {
            sender.Dispose();
        }
    }
}
