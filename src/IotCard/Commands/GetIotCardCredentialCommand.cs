using System.Management.Automation;
using IotCard.Client.Credentials;
using IotCard.Client.Credentials.Resolution;
using IotCard.Client.Http;
using IotCard.Errors;
using IotCard.Texts;

namespace IotCard.Commands;

/// <summary><c>Get-IotCardCredential</c>: shows which credential would be used, and why. It shows no secret.</summary>
[Cmdlet(VerbsCommon.Get, "IotCardCredential")]
[OutputType(typeof(CredentialInfo))]
public sealed class GetIotCardCredentialCommand : CredentialCommand, IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Shows every source of the chain, in order, with what was found there or why it was skipped.</summary>
    [Parameter]
    public SwitchParameter All { get; set; }

    /// <summary>Disposes the search's token source.</summary>
    public void Dispose() => _stop.Dispose();

    /// <summary>Examines the sources and writes the findings.</summary>
    protected override void EndProcessing()
    {
        try
        {
            var finder = CreateFinder();
            if (finder.FromParameters() is { } given)
            {
                WriteObject(new CredentialInfo(given.Source, given.GetCredentialAsync(_stop.Token).AsTask().GetAwaiter().GetResult()));
                return;
            }

            finder.CheckSystemProxy();
            var resolver = new CredentialResolver(finder.CreateContext());
            var findings = resolver.ExamineAsync(ProfileName, All, _stop.Token).GetAwaiter().GetResult();
            finder.Warn(resolver);
            Write(findings);
        }
        catch (IotCardException failure)
        {
            ThrowTerminatingError(new ErrorReport(Text).Create(failure, ProfileName));
        }
        catch (CredentialException failure)
        {
            ThrowTerminatingError(new ErrorReport(Text).Create(
                new IotCardException(failure.Code, new CredentialText(Text).Describe(failure), innerException: TransportError.FindShowable(failure)), ProfileName));
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }

    /// <summary>Cancels the search.</summary>
    protected override void StopProcessing() => _stop.Cancel();

    /// <summary>Without -All the sources that were skipped are not shown.</summary>
    private string DescribeNotFound(string words) => All ? words : Text.Format("CredentialSources", words);

    private void Write(IReadOnlyList<CredentialFinding> findings)
    {
        var words = new CredentialText(Text);
        foreach (var finding in findings)
        {
            if (All || finding.State == CredentialFindingState.Used)
            {
                WriteObject(new CredentialInfo(finding, words.Describe(finding.Words)));
            }
        }

        if (!findings.Any(static f => f.State == CredentialFindingState.Used))
        {
            // A named profile has one error, with its own recommended action; the chain has many.
            var named = ProfileName is null ? null : findings.FirstOrDefault(static f => f.ErrorCode is not null);
            var failure = named is null
                ? new IotCardException(CredentialErrorCode.CredentialNotFound, DescribeNotFound(words.Describe(CredentialResolver.NotFound(findings))))
                : new IotCardException(named.ErrorCode!, words.Describe(named.Words));
            WriteError(new ErrorReport(Text).Create(failure, ProfileName));
        }
    }
}
