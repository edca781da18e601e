using System.Net;
using System.Security;
using IotCard.Client.Credentials;
using IotCard.Client.Credentials.Resolution;
using IotCard.Client.Http;
using IotCard.Client.Service;
using IotCard.Texts;

namespace IotCard.Commands;

/// <summary>Finds the credential that a command's parameters mean, on the pipeline thread, and the proxy that they name.</summary>
/// <exception cref="IotCardException">The proxy's address is none.</exception>
internal sealed class CredentialFinder(CredentialCommand command, Text text)
{
    private readonly CredentialText _words = new(text);
    private readonly Uri? _proxy = command.Proxy is { } given ? ProxyAddress.Read(given, text) : null;

    /// <summary>Finds the credential and says in the verbose stream where it was.</summary>
    /// <exception cref="IotCardException">There is none to be had.</exception>
    internal ICredentialProvider Find(CancellationToken cancellationToken)
    {
        var resolver = new CredentialResolver(CreateContext());
        try
        {
            var provider = FromParameters()
                ?? resolver.ResolveAsync(command.ProfileName, cancellationToken).GetAwaiter().GetResult();
            var credential = provider.GetCredentialAsync(cancellationToken).AsTask().GetAwaiter().GetResult();
            command.WriteVerbose(text.Format("CredentialUsed", _words.Of(CredentialResolver.Describe(provider)), credential.MaskedAccessKeyId));
            return provider;
        }
        catch (CredentialException failure)
        {
            throw new IotCardException(failure.Code, _words.Of(failure), innerException: TransportError.FindShowable(failure));
        }
        finally
        {
            Warn(resolver);
        }
    }

    /// <summary>The credential of <c>-Credential</c> and <c>-SecurityToken</c>; null where they are not given.</summary>
    /// <exception cref="CredentialException">A part is missing or has a character that none can have, or the parameters contradict each other.</exception>
    internal StaticCredentialProvider? FromParameters()
    {
        if (command.Credential is not { } given)
        {
            return command.SecurityToken is null
                ? null
                : throw new CredentialException(CredentialErrorCode.InvalidCredential, text.Get("SecurityTokenAlone"));
        }

        if (command.ProfileName is not null)
        {
            throw new CredentialException(CredentialErrorCode.InvalidCredential, text.Get("ProfileAndCredential"));
        }

        // Windows PowerShell puts the backslash of a domain before a name that has none.
        var credential = CredentialFactory.CreateFromUser(
            given.UserName?.TrimStart('\\'), Reveal(given.Password), command.SecurityToken is { } token ? Reveal(token) : null);
        return new StaticCredentialProvider(credential, "-Credential");
    }

    /// <summary>What a search depends on, with the proxy that the parameters name.</summary>
    internal CredentialContext CreateContext() =>
        _proxy is null && command.ProxyCredential is null
            ? new CredentialContext()
            : new CredentialContext { Transport = CreateHandler() };

    /// <summary>What carries requests, through the proxy that the parameters name.</summary>
    internal HttpMessageHandler CreateHandler() =>
        ServiceHandler.Create(_proxy, command.ProxyCredential?.GetNetworkCredential());

    /// <summary>The proxy that requests to an address go through; null where the way is direct.</summary>
    internal Uri? FindProxy(Uri destination) => new ConnectionProxy(_proxy, credentials: null).GetProxy(destination);

    internal void Warn(CredentialResolver resolver)
    {
        foreach (var warning in resolver.Warnings)
        {
            command.WriteWarning(_words.Of(warning.Words));
        }
    }

    private static string Reveal(SecureString secret) => new NetworkCredential(string.Empty, secret).Password;
}
