using IotCard.Sandbox.Gateway;
using IotCard.Sandbox.Wire;

namespace IotCard.Sandbox.Audit;

/// <summary>The account's audit trail: the requests of the operation, and <c>LookupEvents</c> to find them. Safe for concurrent use.</summary>
internal sealed class AuditTrail(AuditTrailOptions initial, IReadOnlyCollection<SandboxAccessKey> accessKeys, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly List<AuditRecord> _records = [];
    private readonly LookupRate _rate = new(clock);
    private volatile AuditTrailOptions _options = initial;

    /// <summary>How events are recorded; a change applies to those already recorded too.</summary>
    public AuditTrailOptions Options
    {
        get => _options;
        set => _options = value;
    }

    /// <summary>Records a request, if it is one of the operation and its AccessKey is known.</summary>
    public void Record(WireRequest request, SandboxResponse response)
    {
        if (SignedCall.ActionOf(request) is not ActionCatalog.BindingAction || KeyOf(request) is not { } key)
        {
            return;
        }

        lock (_gate)
        {
            _records.Add(new AuditRecord(_records.Count + 1, clock.GetUtcNow(), request, key, response));
        }
    }

    /// <summary>Answers <c>LookupEvents</c>.</summary>
    public SandboxResponse LookUp(Call call, Guid requestId)
    {
        var options = _options;
        var now = clock.GetUtcNow();
        if (KeyOf(call.AccessKeyId) is not { MayLookUpEvents: true })
        {
            return Refuse(LookupRefusal.NoPermission);
        }

        if (!_rate.TryEnter())
        {
            return Refuse(LookupRefusal.Throttled);
        }

        if (LookupQuery.Read(call, now, options, out var query) is { } refusal)
        {
            return Refuse(refusal);
        }

        var format = new AuditEventFormat(options);
        var (page, next) = query!.Page(Visible(options, now));
        return new SandboxResponse
        {
            RequestId = requestId,
            Status = StatusCodes.Status200OK,
            Code = SandboxResponse.Ok,
            OmitsCode = true,
            Message = null,
            Root = call.Action + "Response",
            AsXml = call.AsXml,
            Details =
            [
                new ResponseField("StartTime", LookupQuery.Format(query.Start)),
                new ResponseField("EndTime", LookupQuery.Format(query.End)),
                .. next is null ? Array.Empty<ResponseField>() : [new ResponseField("NextToken", next)],
                new ResponseField("Events", page.Select(format.Write).ToArray()),
            ],
        };

        SandboxResponse Refuse(GatewayRefusal refusal) => refusal.ToResponse(requestId, call.Host, call.AsXml);
    }

    private List<AuditRecord> Visible(AuditTrailOptions options, DateTimeOffset now)
    {
        if (options.IsEmpty)
        {
            return [];
        }

        lock (_gate)
        {
            return
            [
                .. _records
                    .Where(record => record.Time + options.Delay <= now && (options.RecordsRefusals || record.IsFromService))
                    .SelectMany(record => Enumerable.Repeat(record, options.DuplicatesEvents ? 2 : 1)),
            ];
        }
    }

    private SandboxAccessKey? KeyOf(WireRequest request) => SignedCall.AccessKeyIdOf(request) is { } id ? KeyOf(id) : null;

    private SandboxAccessKey? KeyOf(string id) => accessKeys.FirstOrDefault(key => string.Equals(key.Id, id, StringComparison.Ordinal));
}
