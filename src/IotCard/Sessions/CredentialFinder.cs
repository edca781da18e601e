using System.Management.Automation;
using System.Net;
using System.Security;
using IotCard.Addresses;
using IotCard.Client.Credentials;
using IotCard.Client.Credentials.Resolution;
using IotCard.Client.Http;
using IotCard.Client.Service;
using IotCard.Texts;

namespace IotCard.Sessions;

/// <summary>Finds the credential and the proxy that a command's parameters select, on the pipeline thread.</summary>
/// <exception cref="IotCardException">The proxy's address is invalid.</exception>
internal sealed class CredentialFinder(PSCmdlet command, CredentialOptions options, Text text)
{
    private readonly CredentialText _words = new(text);
    private readonly Uri? _proxy = options.Proxy is { } given ? ProxyAddress.Read(given, text) : null;

    /// <summary>Makes sure that the system's proxy can be used, if that is the one to use. The platform ignores a malformed one.</summary>
    /// <exception cref="IotCardException">A variable that names the proxy is malformed.</exception>
    internal void CheckSystemProxy()
    {
        if (_proxy is null && EnvironmentProxy.FindMalformed(Environment.GetEnvironmentVariable) is { } variable)
        {
            throw new IotCardException(ProxyAddress.ErrorCode, text.Format("InvalidAddress", "$env:" + variable, text.Get("InvalidProxy_Variable")));
        }
    }

    /// <summary>Finds the credential and writes its source to the verbose stream.</summary>
    /// <exception cref="IotCardException">No credential is available.</exception>
    internal ICredentialProvider Find(CancellationToken cancellationToken)
    {
        var resolver = new CredentialResolver(CreateContext());
        try
        {
            var provider = FromParameters()
                ?? resolver.ResolveAsync(options.ProfileName, cancellationToken).GetAwaiter().GetResult();
            var credential = provider.GetCredentialAsync(cancellationToken).AsTask().GetAwaiter().GetResult();
            command.WriteVerbose(text.Format("CredentialUsed", _words.Describe(CredentialResolver.Describe(provider)), credential.MaskedAccessKeyId));
            return provider;
        }
        catch (CredentialException failure)
        {
            throw new IotCardException(failure.Code, _words.Describe(failure), innerException: TransportError.FindShowable(failure));
        }
        finally
        {
            Warn(resolver);
        }
    }

    /// <summary>The credential of <c>-Credential</c> and <c>-SecurityToken</c>; null if they are not given.</summary>
    /// <exception cref="CredentialException">A part is missing or contains a character that is never valid, or the parameters contradict each other.</exception>
    internal StaticCredentialProvider? FromParameters()
    {
        if (options.Credential is not { } given)
        {
            return options.SecurityToken is null
                ? null
                : throw new CredentialException(CredentialErrorCode.InvalidCredential, text.Get("SecurityTokenAlone"));
        }

        if (options.ProfileName is not null)
        {
            throw new CredentialException(CredentialErrorCode.InvalidCredential, text.Get("ProfileAndCredential"));
        }

        // Windows PowerShell puts a domain's backslash before a name without a domain.
        var credential = CredentialFactory.CreateFromUser(
            given.UserName?.TrimStart('\\'), Reveal(given.Password), options.SecurityToken is { } token ? Reveal(token) : null);
        return new StaticCredentialProvider(credential, "-Credential");
    }

    /// <summary>The context of a search, with the proxy that the parameters name.</summary>
    internal CredentialContext CreateContext() =>
        _proxy is null && options.ProxyCredential is null
            ? new CredentialContext()
            : new CredentialContext { Transport = CreateHandler() };

    /// <summary>A handler for requests, with the proxy that the parameters name.</summary>
    internal HttpMessageHandler CreateHandler() =>
        ServiceHandler.Create(_proxy, options.ProxyCredential?.GetNetworkCredential());

    /// <summary>The proxy for requests to an address; null if they are sent directly.</summary>
    internal Uri? FindProxy(Uri destination) => new ConnectionProxy(_proxy, credentials: null).GetProxy(destination);

    internal void Warn(CredentialResolver resolver)
    {
        foreach (var warning in resolver.Warnings)
        {
            command.WriteWarning(_words.Describe(warning.Words));
        }
    }

    private static string Reveal(SecureString secret) => new NetworkCredential(string.Empty, secret).Password;
}
