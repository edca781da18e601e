using IotCard.Sandbox.Cards;
using IotCard.Sandbox.Faults;
using IotCard.Sandbox.Service;

namespace IotCard.Sandbox;

/// <summary>How a <see cref="SandboxService"/> behaves.</summary>
public sealed class SandboxOptions
{
    /// <summary>The documented AccessKey that is known unless others are given: <c>sandbox-id</c> / <c>sandbox-secret</c>.</summary>
    public static SandboxAccessKey DefaultAccessKey { get; } = new("sandbox-id", "sandbox-secret");

    /// <summary>The port on 127.0.0.1, 0 to 65535; 0 (the default) takes any free one.</summary>
    public int Port { get; init; }

    /// <summary>The AccessKeys that requests may be signed with; by default <see cref="DefaultAccessKey"/> alone.</summary>
    public IReadOnlyCollection<SandboxAccessKey> AccessKeys { get; init; } = [DefaultAccessKey];

    /// <summary>The cards; by default <see cref="Fleet.Sample"/>. Operations change a fleet, so give each service its own.</summary>
    public Fleet Fleet { get; init; } = Fleet.Sample();

    /// <summary>
    /// How long every response is delayed, after the request was executed; none by default. Measured by <see cref="Clock"/>.
    /// </summary>
    public TimeSpan Latency { get; init; }

    /// <summary>Answer a business failure with HTTP 200 instead of the status that the service's page gives.</summary>
    public bool BusinessFailuresAsOk { get; init; }

    /// <summary>
    /// Answer a success with the Message <c>ServiceUnavailable</c>, as the published sample does, instead of <c>OK</c>.
    /// </summary>
    public bool PublishedSampleMessage { get; init; }

    /// <summary>
    /// Whether ACS3 must sign the <c>host</c> header. The signature's documentation calls it mandatory, official clients leave
    /// it out, and what the gateway does is not known; by default it is not required.
    /// </summary>
    public bool RequireSignedHost { get; init; }

    /// <summary>What <c>GetCardDetail</c> reports as <c>DeviceImei</c>; <see cref="DeviceImeiSource.Binding"/> by default.</summary>
    public DeviceImeiSource DeviceImei { get; init; }

    /// <summary>
    /// Whether <c>GetCardDetail</c> demands the <c>InstanceId</c> of a closed card beside <c>DestroyCard</c>, as its
    /// documentation says. By default <c>DestroyCard</c> alone will do, and an <c>InstanceId</c> is checked where one is given.
    /// </summary>
    public bool ClosedCardsNeedInstanceId { get; init; }

    /// <summary>The clock behind timestamps, nonces, token expiry, the <c>Date</c> header and <see cref="Latency"/>.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The faults to begin with; none by default. <see cref="SandboxService.Faults"/> changes them.</summary>
    public FaultPlan Faults { get; init; } = FaultPlan.None;

    /// <summary>The outage to begin with; none by default. <see cref="SandboxService.SetOutageAsync"/> sets another.</summary>
    public Outage? Outage { get; init; }

    /// <summary>Where one line is written for each request; null (the default) = silent. No line holds a secret, signature or token.</summary>
    public TextWriter? Output { get; init; }

    /// <summary>Let the <see cref="ServiceLog"/> keep its counts but not the single operations, for runs of any length.</summary>
    public bool CountsOnly { get; init; }
}
