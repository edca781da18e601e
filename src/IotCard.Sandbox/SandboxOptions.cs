using IotCard.Sandbox.Audit;
using IotCard.Sandbox.Cards;
using IotCard.Sandbox.Faults;
using IotCard.Sandbox.Gateway;
using IotCard.Sandbox.Logging;
using IotCard.Sandbox.Service;

namespace IotCard.Sandbox;

/// <summary>The behavior of a <see cref="SandboxService"/>.</summary>
public sealed class SandboxOptions
{
    /// <summary>The documented default AccessKey: <c>sandbox-id</c> / <c>sandbox-secret</c>.</summary>
    public static SandboxAccessKey DefaultAccessKey { get; } = new("sandbox-id", "sandbox-secret");

    /// <summary>The port on 127.0.0.1, 0 to 65535; 0 (the default) takes any free one.</summary>
    public int Port { get; init; }

    /// <summary>The accepted AccessKeys; by default only <see cref="DefaultAccessKey"/>.</summary>
    public IReadOnlyCollection<SandboxAccessKey> AccessKeys { get; init; } = [DefaultAccessKey];

    /// <summary>The cards; by default <see cref="Fleet.Sample"/>. Operations change a fleet, so give each service its own.</summary>
    public Fleet Fleet { get; init; } = Fleet.Sample();

    /// <summary>The delay of every response, after the request was executed; none by default. Measured by <see cref="Clock"/>.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>Whether to answer a business failure with HTTP 200 instead of the status on the service's page.</summary>
    public bool BusinessFailuresAsOk { get; init; }

    /// <summary>Whether to answer a success with the Message <c>ServiceUnavailable</c>, like the published sample, instead of <c>OK</c>.</summary>
    public bool PublishedSampleMessage { get; init; }

    /// <summary>
    /// Whether ACS3 must sign the <c>host</c> header. The signature's documentation says so, official clients omit it,
    /// and the gateway's behavior is unknown; by default it is not required.
    /// </summary>
    public bool RequireSignedHost { get; init; }

    /// <summary>What <c>GetCardDetail</c> reports as <c>DeviceImei</c>; <see cref="DeviceImeiSource.Binding"/> by default.</summary>
    public DeviceImeiSource DeviceImei { get; init; }

    /// <summary>
    /// Whether <c>GetCardDetail</c> requires the <c>InstanceId</c> of a closed card in addition to <c>DestroyCard</c>,
    /// as its documentation says. By default <c>DestroyCard</c> alone is enough, and an <c>InstanceId</c> is verified
    /// if it is given.
    /// </summary>
    public bool ClosedCardsNeedInstanceId { get; init; }

    /// <summary>How <c>GetCardDetail</c> refuses a closed card that is asked for without <c>DestroyCard</c>; the documentation does not say.</summary>
    public ClosedCardRefusal ClosedCard { get; init; }

    /// <summary>
    /// Whether a missing parameter of an action is refused by the gateway with <c>Missing</c> and its name, such as
    /// <c>MissingIccid</c>, instead of the service's code for invalid parameters. Which of them is sent is not documented.
    /// </summary>
    public bool NamesMissingParameters { get; init; }

    /// <summary>How the audit trail records operations. <see cref="SandboxService.AuditTrail"/> changes it.</summary>
    public AuditTrailOptions AuditTrail { get; init; } = new();

    /// <summary>The clock for timestamps, nonces, token expiration, the <c>Date</c> header and <see cref="Latency"/>.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The initial faults; none by default. <see cref="SandboxService.Faults"/> changes them.</summary>
    public FaultPlan Faults { get; init; } = FaultPlan.None;

    /// <summary>The initial outage; none by default. <see cref="SandboxService.SetOutageAsync"/> sets another.</summary>
    public Outage? Outage { get; init; }

    /// <summary>Receives a line for each request; null (the default) = silent. No line contains a secret, signature or token.</summary>
    public TextWriter? Output { get; init; }

    /// <summary>Whether the <see cref="ServiceLog"/> keeps only counts and not the single operations, and the audit trail nothing, for runs of any length.</summary>
    public bool CountsOnly { get; init; }
}
