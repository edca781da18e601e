namespace IotCard.Sandbox.Service;

/// <summary>How the service answers where its documentation leaves it open; see the options of the same names.</summary>
internal sealed record ServiceBehavior
{
    public bool BusinessFailuresAsOk { get; init; }

    public bool PublishedSampleMessage { get; init; }

    public DeviceImeiSource DeviceImei { get; init; }

    public bool ClosedCardsNeedInstanceId { get; init; }

    public ClosedCardRefusal ClosedCard { get; init; }

    public bool NamesMissingParameters { get; init; }
}
