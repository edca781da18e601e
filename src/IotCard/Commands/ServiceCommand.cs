using System.Management.Automation;
using IotCard.Errors;

namespace IotCard.Commands;

/// <summary>The base of all commands that call the service: its endpoint, the signature method, and how the command ends.</summary>
public abstract class ServiceCommand : CredentialCommand, IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Scheme, host and port of the service. Plain http is only for this machine's own addresses.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(EndpointCompleter))]
    public Uri Endpoint { get; set; } = new("https://dyiotapi.aliyuncs.com");

    /// <summary>How requests are signed.</summary>
    [Parameter]
    [ValidateSet("ACS3-HMAC-SHA256", "HMAC-SHA1")]
    public string SignatureMethod { get; set; } = "ACS3-HMAC-SHA256";

    /// <summary>The maximum time of an attempt, from its start to the last byte of the response, in seconds, 1 to 600.</summary>
    [Parameter]
    [ValidateRange(1, 600)]
    public int TimeoutSec { get; set; } = 10;

    /// <summary>Canceled when the pipeline is stopped.</summary>
    internal CancellationToken StopToken => _stop.Token;

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
    private protected virtual object? TargetOf(IotCardException failure) => failure.Code == ServiceEndpoint.ErrorCode ? ServiceEndpoint.Shown(Endpoint) : ProfileName;

    /// <summary>Writes the endpoint to the verbose stream, and warns if requests could be replayed from there to the service.</summary>
    private protected void Announce(Uri endpoint)
    {
        WriteVerbose(Text.Format("EndpointUsed", endpoint, SignatureMethod));
        if (ServiceEndpoint.IsReplayable(endpoint, SignatureMethod))
        {
            WriteWarning(Text.Format("HmacSha1Replay", endpoint.Authority));
        }
    }

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
