using IotCard.Sandbox.Faults;
using IotCard.Sandbox.Logging;

namespace IotCard.Sandbox.Admin;

/// <summary>The response to <c>/sandbox/log</c>.</summary>
internal sealed record AdminLog(
    long Requests,
    long OutageRequests,
    int InFlight,
    int PeakInFlight,
    long Processed,
    long Executed,
    IReadOnlyDictionary<string, long> Responses,
    long FaultsTotal,
    IReadOnlyDictionary<FaultKind, FaultCount> Faults,
    IReadOnlyDictionary<string, int> Cards,
    IEnumerable<AdminOperation> Operations,
    IReadOnlyList<FaultInjection> Injections)
{
    public static AdminLog From(ServiceLog log) => new(
        log.Requests,
        log.OutageRequests,
        log.InFlight,
        log.PeakInFlight,
        log.Processed,
        log.Executed,
        log.Responses,
        log.FaultsTotal,
        log.Faults,
        log.ExecutedByCard(),
        log.Operations
            .GroupBy(execution => (execution.Iccid, execution.Operation, execution.Imei, execution.NewImei))
            .Select(same => new AdminOperation(
                same.Key.Iccid, same.Key.Operation, same.Key.Imei, same.Key.NewImei, same.Count(), same.Count(execution => execution.Succeeded))),
        log.Injections);
}
