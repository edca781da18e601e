using System.Net;
using System.Security;
using IotCard.Client.Credentials;
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
            command.WriteVerbose(text.Format("CredentialUsed", _words.Of(CredentialResolver.Describe(provider)), credential.MaskedAccessKeyId));
            return provider;
        }
        catch (CredentialException failure)
        {
            throw new IotCardException(failure.Code, _words.Of(failure), innerException: failure);
        }
        finally
        {
            Warn(resolver);
        }
    }

    /// <summary>The credential of <c>-Credential</c> and <c>-SecurityToken</c>; null where they are not given.</summary>
    /// <exception cref="CredentialException">It has no user name or no password.</exception>
    internal StaticCredentialProvider? FromParameters()
    {
        if (command.Credential is not { } given)
        {
            return null;
        }

        var id = given.UserName?.TrimStart('\\');
        if (string.IsNullOrWhiteSpace(id) || given.Password.Length == 0)
        {
            throw new CredentialException(CredentialErrorCode.InvalidCredential, text.Get("CredentialIncomplete"));
        }

        var token = command.SecurityToken is { } secret ? Reveal(secret) : null;
        return new StaticCredentialProvider(new Credential(id!, Reveal(given.Password), token), "-Credential");
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
            command.WriteWarning(_words.Of(warning.Words));
        }
    }

    private static string Reveal(SecureString secret) => new NetworkCredential(string.Empty, secret).Password;
}
