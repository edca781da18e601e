using System.Management.Automation;
using System.Net;
using IotCard.Client.Cards;
using IotCard.Client.Credentials;
using IotCard.Client.Sending;
using IotCard.Client.Service;
using IotCard.Texts;
using Method = IotCard.Client.Signing.SignatureMethod;

namespace IotCard.Commands;

/// <summary>What a command holds from its first row to its last: the credential, the connections, the sender.</summary>
internal sealed class BindingSession : IDisposable
{
    private readonly ServiceTransport _transport;
    private readonly OperationSender _sender;

    private BindingSession(ServiceTransport transport, OperationSender sender)
    {
        _transport = transport;
        _sender = sender;
    }

    /// <summary>Finds the credential and makes ready to send.</summary>
    /// <exception cref="IotCardException">There is no credential to be had.</exception>
    internal static BindingSession Open(BindingCommand command, Uri endpoint, Text text, CancellationToken cancellationToken)
    {
        var provider = FindCredential(command, text, cancellationToken);
        var clock = TimeProvider.System;
        var transport = new ServiceTransport(ServiceHandler.Create(), clock, TimeSpan.FromSeconds(command.TimeoutSec));
        var options = new SenderOptions
        {
            Endpoint = endpoint,
            SignatureMethod = command.SignatureMethod == "HMAC-SHA1" ? Method.HmacSha1 : Method.Acs3HmacSha256,
            MidChannelId = command.MidChannelId,
            Clock = clock,
        };
        return new BindingSession(transport, new OperationSender(options, provider, transport));
    }

    /// <summary>Carries a row out and waits for it.</summary>
    internal RowOutcome Send(BindingRow row, CancellationToken cancellationToken) =>
        _sender.SendAsync(row, cancellationToken).GetAwaiter().GetResult();

    /// <inheritdoc/>
    public void Dispose() => _transport.Dispose();

    private static ICredentialProvider FindCredential(BindingCommand command, Text text, CancellationToken cancellationToken)
    {
        try
        {
            var provider = command.Credential is { } given
                ? new StaticCredentialProvider(ToCredential(given, command.SecurityToken, text), "-Credential")
                : new CredentialResolver(new CredentialContext()).ResolveAsync(command.ProfileName, cancellationToken).GetAwaiter().GetResult();
            var credential = provider.GetCredentialAsync(cancellationToken).AsTask().GetAwaiter().GetResult();
            command.WriteVerbose(text.Format("CredentialUsed", provider.Source, credential.MaskedAccessKeyId));
            return provider;
        }
        catch (CredentialException failure)
        {
            throw new IotCardException(failure.Code, failure.Message, innerException: failure);
        }
    }

    private static Credential ToCredential(PSCredential given, System.Security.SecureString? token, Text text)
    {
        if (string.IsNullOrWhiteSpace(given.UserName) || given.Password.Length == 0)
        {
            throw new CredentialException("CredentialIncomplete", text.Get("CredentialIncomplete"));
        }

        return new Credential(
            given.UserName.TrimStart('\\'), Reveal(given.Password), token is null ? null : Reveal(token));
    }

    private static string Reveal(System.Security.SecureString secret) => new NetworkCredential(string.Empty, secret).Password;
}
