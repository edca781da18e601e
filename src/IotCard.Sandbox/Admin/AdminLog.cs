namespace IotCard.Sandbox;

/// <summary>What <c>/sandbox/log</c> tells.</summary>
internal sealed record AdminLog(
    long Requests,
    int InFlight,
    int PeakInFlight,
    long Decided,
    long CarriedOut,
    IReadOnlyDictionary<string, long> Answers,
    long FaultsTotal,
    IReadOnlyDictionary<FaultKind, FaultCount> Faults,
    IReadOnlyDictionary<string, int> Cards,
    IEnumerable<AdminOperation> Operations,
    IReadOnlyList<FaultInjection> Injections)
{
    public static AdminLog Of(ServiceLog log) => new(
        log.Requests,
        log.InFlight,
        log.PeakInFlight,
        log.Decided,
        log.CarriedOut,
        log.Answers,
        log.FaultsTotal,
        log.Faults,
        log.CarriedOutByCard(),
        log.Executions
            .GroupBy(execution => (execution.Iccid, execution.Operation, execution.Imei, execution.NewImei))
            .Select(same => new AdminOperation(
                same.Key.Iccid, same.Key.Operation, same.Key.Imei, same.Key.NewImei, same.Count(), same.Count(execution => execution.Succeeded))),
        log.Injections);
}
