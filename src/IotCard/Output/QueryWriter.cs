using IotCard.Client.Running;
using IotCard.Sessions;

namespace IotCard.Output;

/// <summary>Writes the results of queries.</summary>
internal sealed class QueryWriter(QueryRun<QueryItem> run) : ResultWriter
{
    internal override bool TryWriteNext()
    {
        if (!run.TryDequeue(out var item))
        {
            return false;
        }

        item.Write();
        return true;
    }
}
