using IotCard.Client.Queries;
using IotCard.Client.Rules;
using IotCard.Client.Service;
using IotCard.Errors;
using IotCard.Output;
using IotCard.Sessions;

namespace IotCard.Commands;

/// <summary>The base of the commands that query the service for each row: they retry freely and keep the input's order.</summary>
public abstract class QueryCommand : RunCommand
{
    private QuerySession? _session;

    /// <summary>The code of the product that is queried.</summary>
    private protected virtual string Product => BindingApi.Product;

    /// <summary>The action that is called.</summary>
    private protected abstract string ActionName { get; }

    private protected QuerySender Sender => _session!.Senders[0];

    /// <summary>Finds the credential.</summary>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        Start(() =>
        {
            CheckPolicy(Product, ActionName);
            Announce(Service);
            var connection = Connect();
            _session = new QuerySession(connection, OptionsFor(connection, Service.Address, RequestsPerSecond));
        });
        Begin(_session!, new QueryWriter(_session!.Run), "ProgressLookup");
    }

    /// <summary>Adds a query, and writes the completed results.</summary>
    /// <param name="ask">Runs the query, on another thread.</param>
    /// <param name="write">Writes the result, or why there is none, on the pipeline thread.</param>
    private protected void Add<T>(Func<CancellationToken, Task<QueryOutcome<T>>> ask, Action<QueryOutcome<T>> write)
    {
        _session!.Run.Add(async stop =>
        {
            var outcome = await ask(stop).ConfigureAwait(false);
            return new QueryItem(!outcome.IsAnswered, () => write(outcome));
        });
        Publish();
    }

    /// <summary>Adds an error, to be written in order.</summary>
    private protected void AddError(IotCardException failure, object? target)
    {
        _session!.Run.AddSettled(new QueryItem(IsFailed: true, () => WriteError(new ErrorReport(Text).Create(failure, target))));
        Publish();
    }

    /// <summary>Writes the error of a query without a result.</summary>
    private protected void WriteFailure<T>(QueryOutcome<T> outcome, string name, string subject) =>
        WriteError(new ErrorReport(Text).Create(outcome, name, subject));
}
