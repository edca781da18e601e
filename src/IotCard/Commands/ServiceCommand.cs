using System.Management.Automation;
using IotCard.Addresses;
using IotCard.Client.Service;
using IotCard.Completion;
using IotCard.Errors;
using IotCard.Prompts;
using IotCard.Sessions;

namespace IotCard.Commands;

/// <summary>The base of all commands that call the service: its endpoint, the signature method, and how the command ends.</summary>
public abstract class ServiceCommand : CredentialCommand, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private ServiceEndpoint? _service;

    /// <summary>Scheme, host and port of the service. Plain http is only for this machine's own addresses.</summary>
    /// <remarks>Else <c>$env:IOTCARD_ENDPOINT</c>, else the service's own address.</remarks>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Address]
    [ArgumentCompleter(typeof(EndpointCompleter))]
    public string? Endpoint { get; set; }

    /// <summary>How requests are signed.</summary>
    [Parameter]
    [ValidateSet("ACS3-HMAC-SHA256", "HMAC-SHA1")]
    public string SignatureMethod { get; set; } = "ACS3-HMAC-SHA256";

    /// <summary>The maximum time of an attempt, from its start to the last byte of the response, in seconds, 1 to 600.</summary>
    [Parameter]
    [ValidateRange(1, 600)]
    public int TimeoutSec { get; set; } = 10;

    /// <summary>Where the requests are sent.</summary>
    /// <exception cref="IotCardException">The endpoint is not valid.</exception>
    private protected ServiceEndpoint Service => _service ??= ServiceEndpoint.Find(Endpoint, nameof(Endpoint), OwnEndpoint, Text);

    /// <summary>Canceled when the pipeline is stopped.</summary>
    private protected CancellationToken StopToken => _stop.Token;

    /// <summary>Sends nothing more, gives requests in flight a moment to be answered and recorded, and closes the connections.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Sends nothing new.</summary>
    protected override void StopProcessing() => _stop.Cancel();

    /// <summary>Closes the command's resources.</summary>
    /// <param name="disposing">Whether it is called by code rather than by the finalizer.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stop.Dispose();
        }
    }

    /// <summary>The target of an error that keeps the command from starting.</summary>
    private protected virtual object? TargetOf(IotCardException failure) => failure.Code is ServiceEndpoint.ErrorCode or ProxyAddress.ErrorCode ? null : ProfileName;

    /// <summary>The service's own address.</summary>
    private protected virtual Uri OwnEndpoint => BindingApi.DefaultEndpoint;

    /// <summary>Writes the endpoint to the verbose stream, and warns if requests could be replayed from there to the service.</summary>
    private protected void Announce(ServiceEndpoint endpoint)
    {
        WriteVerbose(Text.Format("EndpointUsed", endpoint.Address, SignatureMethod));
        if (endpoint.IsReplayable(SignatureMethod))
        {
            WriteWarning(Text.Format("HmacSha1Replay", endpoint.Host));
        }
    }

    /// <summary>Makes sure that an administrator lets an action be called, and asks a person if that is required.</summary>
    /// <exception cref="IotCardException">It must not be called.</exception>
    private protected void CheckPolicy(string product, string action, bool isDryRun = false) => new PolicyCheck(this, Text).Check(product, action, isDryRun);

    /// <summary>Finds the credential and prepares the connections.</summary>
    /// <exception cref="IotCardException">No credential is available, or the proxy's address is invalid.</exception>
    private protected ServiceConnection Connect() =>
        ServiceConnection.Open(CreateFinder(), SignatureMethod, TimeSpan.FromSeconds(TimeoutSec), Service.IsPractice, StopToken);

    /// <summary>Prepares the command. If that fails, nothing was sent, and the command ends with an error.</summary>
    private protected void Start(Action prepare)
    {
        try
        {
            prepare();
        }
        catch (IotCardException failure)
        {
            ThrowTerminatingError(new ErrorReport(Text).Create(failure, TargetOf(failure)));
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }
}
