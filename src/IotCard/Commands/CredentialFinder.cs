using System.Net;
using System.Security;
using IotCard.Client.Credentials;
using IotCard.Client.Credentials.Resolution;
using IotCard.Client.Http;
using IotCard.Client.Service;
using IotCard.Texts;

namespace IotCard.Commands;

/// <summary>Finds the credential that a command's parameters mean, on the pipeline thread.</summary>
internal sealed class CredentialFinder(CredentialCommand command, Text text)
{
    private readonly CredentialText _words = new(text);

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
        command.Proxy is null && command.ProxyCredential is null
            ? new CredentialContext()
            : new CredentialContext { Transport = CreateHandler() };

    /// <summary>What carries requests, through the proxy that the parameters name.</summary>
    internal HttpMessageHandler CreateHandler() =>
        ServiceHandler.Create(command.Proxy, command.ProxyCredential?.GetNetworkCredential());

    internal void Warn(CredentialResolver resolver)
    {
        foreach (var warning in resolver.Warnings)
        {
            command.WriteWarning(_words.Describe(warning.Words));
        }
    }

    private static string Reveal(SecureString secret) => new NetworkCredential(string.Empty, secret).Password;
}
