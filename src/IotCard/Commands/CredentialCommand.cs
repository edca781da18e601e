using System.Management.Automation;
using System.Security;
using IotCard.Addresses;
using IotCard.Client.Sanitizing;
using IotCard.Completion;
using IotCard.Sessions;
using IotCard.Texts;

namespace IotCard.Commands;

/// <summary>The base of all commands that need a credential.</summary>
public abstract class CredentialCommand : PSCmdlet
{
    /// <summary>In characters; more than a scheme, a host name (RFC 1035, section 2.3.4) and a port have.</summary>
    private const int MaximumAddressLength = 300;

    /// <summary>The parameters that take an address, of all commands.</summary>
    private static readonly string[] AddressParameters = [nameof(Proxy), nameof(ServiceCommand.Endpoint), nameof(TestIotCardBindingCommand.CardEndpoint)];

    private Text? _text;

    /// <summary>The name of a profile in the CLI's config.json or the ini file. A profile that does not exist is an error.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ProfileNameCompleter))]
    public string? ProfileName { get; set; }

    /// <summary>The AccessKey pair: the user name is the AccessKey ID, the password its secret.</summary>
    [Parameter]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>The STS token that belongs to a temporary AccessKey pair.</summary>
    [Parameter]
    [ValidateNotNull]
    public SecureString? SecurityToken { get; set; }

    /// <summary>The proxy; the system's by default.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Address]
    public string? Proxy { get; set; }

    /// <summary>The credential for the proxy.</summary>
    [Parameter]
    [Credential]
    public PSCredential? ProxyCredential { get; set; }

    /// <summary>Removes passwords in addresses from the call's parameters, which errors keep.</summary>
    protected override void BeginProcessing()
    {
        var bound = MyInvocation.BoundParameters;
        foreach (var name in AddressParameters)
        {
            if (bound.TryGetValue(name, out var address))
            {
                bound[name] = SafeText.Clean(new AddressText(address?.ToString() ?? string.Empty).Kept, MaximumAddressLength);
            }
        }
    }

    /// <summary>Finds the credential and the proxy that the parameters select.</summary>
    /// <exception cref="IotCardException">The proxy's address is invalid.</exception>
    private protected CredentialFinder CreateFinder() => new(
        this,
        new CredentialOptions
        {
            ProfileName = ProfileName,
            Credential = Credential,
            SecurityToken = SecurityToken,
            Proxy = Proxy,
            ProxyCredential = ProxyCredential,
        },
        Text);

    private protected Text Text => _text ??= new Text(Host.CurrentUICulture);
}
