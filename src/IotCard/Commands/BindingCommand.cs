using System.Management.Automation;
using System.Security;
using IotCard.Client.Cards;
using IotCard.Client.Sending;
using IotCard.Errors;
using IotCard.Texts;

namespace IotCard.Commands;

/// <summary>
/// What the commands that change a card's binding have in common: their shared parameters, and the way of every row
/// from the check through the prompt to its result. It alone turns the client's answers into PowerShell's records.
/// </summary>
public abstract class BindingCommand : PSCmdlet, IDisposable
{
    private const string ProfileSet = "Profile";
    private const string CredentialSet = "Credential";

    private readonly CancellationTokenSource _stop = new();
    private BindingSession? _session;
    private Text? _text;
    private bool _isCondemned;

    /// <summary>The name of a profile in the CLI's config.json or the ini file. A profile that does not exist is an error.</summary>
    [Parameter(ParameterSetName = ProfileSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ProfileNameCompleter))]
    public string? ProfileName { get; set; }

    /// <summary>The AccessKey pair: the user name is the AccessKey ID, the password its secret.</summary>
    [Parameter(Mandatory = true, ParameterSetName = CredentialSet)]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>The STS token that belongs to a temporary AccessKey pair.</summary>
    [Parameter(ParameterSetName = CredentialSet)]
    [ValidateNotNull]
    public SecureString? SecurityToken { get; set; }

    /// <summary>Scheme, host and port of the service. Plain http is for this machine's own addresses only.</summary>
    [Parameter]
    [ValidateNotNull]
    public Uri Endpoint { get; set; } = new("https://dyiotapi.aliyuncs.com");

    /// <summary>How requests are signed.</summary>
    [Parameter]
    [ValidateSet("ACS3-HMAC-SHA256", "HMAC-SHA1")]
    public string SignatureMethod { get; set; } = "ACS3-HMAC-SHA256";

    /// <summary>How long an attempt may take, from its start to the last octet of the answer, in seconds, 1 to 600.</summary>
    [Parameter]
    [ValidateRange(1, 600)]
    public int TimeoutSec { get; set; } = 10;

    /// <summary>The channel id that the official clients carry; left out where not given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? MidChannelId { get; set; }

    /// <summary>Whether a new IMEI with a wrong check digit may be sent.</summary>
    private protected virtual bool PassWrongCheckDigit => false;

    private Text Text => _text ??= new Text(Host.CurrentUICulture);

    /// <summary>The row that the parameters hold now.</summary>
    private protected abstract BindingRow Row { get; }

    /// <summary>Gives up what is under way and closes the connections.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Finds the credential, unless this is a rehearsal.</summary>
    protected override void BeginProcessing()
    {
        try
        {
            var endpoint = ServiceEndpoint.Check(Endpoint, Text);
            if (IsRehearsal())
            {
                return;
            }

            WriteVerbose(Text.Format("EndpointUsed", endpoint, SignatureMethod));
            _session = BindingSession.Open(this, endpoint, Text, _stop.Token);
        }
        catch (IotCardException failure)
        {
            ThrowTerminatingError(new ErrorReport(Text).Of(failure, failure.Code == ServiceEndpoint.ErrorCode ? Endpoint : ProfileName));
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }

    /// <summary>Checks the row, asks, sends it, and writes its result.</summary>
    protected override void ProcessRecord()
    {
        var row = Row;
        if (RowCheck.FindFault(row, PassWrongCheckDigit) is { } fault)
        {
            Write(RowOutcome.NotSent(row, fault.Code, DateTimeOffset.UtcNow), new OutcomeText(Text).Of(fault));
            return;
        }

        if (!CheckDigit.IsRight(row.Iccid))
        {
            WriteVerbose(Text.Format("IccidCheckDigit", row.Iccid));
        }

        if (_isCondemned)
        {
            Write(RowOutcome.NotSent(row, OutcomeCode.NotSent, DateTimeOffset.UtcNow));
            return;
        }

        var action = row.Operation == BindingOperation.Rebind ? Text.Format("RebindAction", row.NewImei) : Text.Get("UnbindAction");
        if (!ShouldProcess(Text.Format("Target", row.Iccid, row.Imei), action) || _session is null)
        {
            return;
        }

        var outcome = Send(_session, row);
        _isCondemned = outcome.Condemns;
        Write(outcome);
    }

    /// <summary>Sends nothing more and gives up what is under way.</summary>
    protected override void StopProcessing() => _stop.Cancel();

    /// <summary>Gives up what is under way and closes the connections.</summary>
    /// <param name="disposing">Whether it is called by a person's code rather than by the finalizer.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stop.Cancel();
            _session?.Dispose();
        }
    }

    private RowOutcome Send(BindingSession session, BindingRow row)
    {
        try
        {
            return session.Send(row, _stop.Token);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }

    private void Write(RowOutcome outcome, string? message = null)
    {
        var result = new BindingResult(outcome, message ?? new OutcomeText(Text).Of(outcome));

        // The result first: under -ErrorAction Stop the error ends the pipeline, and the row's outcome must not be lost.
        WriteObject(result);
        if (result.Outcome != Outcome.Succeeded)
        {
            WriteError(new ErrorReport(Text).Of(result, outcome));
        }
    }

    private bool IsRehearsal() =>
        MyInvocation.BoundParameters.TryGetValue("WhatIf", out var bound)
            ? LanguagePrimitives.IsTrue(bound)
            : LanguagePrimitives.IsTrue(GetVariableValue("WhatIfPreference"));
}
