using System.Reflection;
using System.Runtime.CompilerServices;
using IotCard.Client.Cards;
using IotCard.Client.Credentials;
using IotCard.Client.Rules;
using IotCard.Client.Sending;
using IotCard.Client.Service;
using IotCard.Client.Signing;

namespace IotCard.Mono;

/// <summary>
/// Rebinds and unbinds a card of the sandbox with the client that Windows PowerShell 5.1 loads. Its assemblies come
/// from the module's folder through the module's own resolver, which resolves only the client for this program, as for
/// the cmdlets. Exit code 0: all is well.
/// </summary>
internal static class Program
{
    private const string Card = "89860018521874998319";
    private const string Device = "860456038157932";
    private const string NewDevice = "353918052345671";

    private static int Main(string[] arguments)
    {
        if (arguments.Length != 2)
        {
            Console.Error.WriteLine("usage: IotCard.Mono <the module's bin/Desktop> <the sandbox's address>");
            return 2;
        }

        try
        {
            var bin = Path.GetFullPath(arguments[0]);
            var dependencies = Path.Combine(bin, "dependencies");
            StartResolver(bin);
            AppDomain.CurrentDomain.AssemblyResolve += (_, request) =>
                new AssemblyName(request.Name).Name == "IotCard.Client" ? Assembly.LoadFrom(Path.Combine(dependencies, "IotCard.Client.dll")) : null;
            Carry(new Uri(arguments[1])).GetAwaiter().GetResult();
            CheckOrigins(dependencies);
            return 0;
        }
        catch (Exception failure)
        {
            Console.Error.WriteLine(failure);
            return 1;
        }
    }

    /// <summary>Starts what PowerShell starts when it imports the module.</summary>
    private static void StartResolver(string bin)
    {
        var loader = Assembly.LoadFrom(Path.Combine(bin, "IotCard.dll")).GetType("IotCard.Loading.DependencyResolution", throwOnError: true);
        loader!.GetMethod("Start", BindingFlags.Static | BindingFlags.NonPublic)!.Invoke(null, null);
    }

    /// <summary>Nothing of the client may be loaded before the resolver is there.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task Carry(Uri endpoint)
    {
        Console.WriteLine($"{typeof(OperationSender).Assembly.GetName()} on {Environment.Version}");
        await Expect(endpoint, SignatureMethod.Acs3HmacSha256, BindingRow.Rebind(Card, Device, NewDevice), OutcomeStatus.Succeeded, "OK");
        await Expect(endpoint, SignatureMethod.HmacSha1, BindingRow.Rebind(Card, NewDevice, Device), OutcomeStatus.Succeeded, "OK");
        await Expect(endpoint, SignatureMethod.HmacSha1, BindingRow.Unbind(Card, Device), OutcomeStatus.Succeeded, "OK");
        await Expect(endpoint, SignatureMethod.Acs3HmacSha256, BindingRow.Unbind(Card, Device), OutcomeStatus.Failed, "isv.ERROR_BIND_NOT_EXIST");
        await Expect(new Uri("http://127.0.0.1:1"), SignatureMethod.Acs3HmacSha256, BindingRow.Unbind(Card, Device), OutcomeStatus.Failed, "ConnectionFailed");
    }

    private static async Task Expect(Uri endpoint, SignatureMethod method, BindingRow row, OutcomeStatus status, string code)
    {
        var credentials = new StaticCredentialProvider(new Credential("sandbox-id", "sandbox-secret"));
        var options = new SenderOptions { Endpoint = endpoint, SignatureMethod = method, MaximumRetryCount = 1, OutageTimeout = TimeSpan.Zero };
        using var transport = new ServiceTransport(static () => ServiceHandler.Create(), options.Clock, TimeSpan.FromSeconds(10));
        using var sender = new OperationSender(options, credentials, transport);
        var outcome = await sender.SendAsync(row, record: null, CancellationToken.None);
        Console.WriteLine($"{row.Operation} {method}: {outcome.Status} {outcome.Code} {outcome.Reason} in {outcome.Attempts} attempts, {outcome.Elapsed.TotalMilliseconds:F0} ms");
        if (outcome.Status != status || (outcome.Code != code && outcome.Reason != code))
        {
            throw new InvalidOperationException($"Expected {status} {code}. {outcome.Cause}");
        }
    }

    /// <summary>Every loaded assembly of the module must come from its folder, including the JSON reader.</summary>
    private static void CheckOrigins(string dependencies)
    {
        var loaded = AppDomain.CurrentDomain.GetAssemblies().Where(a => !a.IsDynamic).ToDictionary(a => a.GetName().Name!, a => a.Location);
        var own = Directory.GetFiles(dependencies, "*.dll").Select(Path.GetFileNameWithoutExtension).Where(name => loaded.ContainsKey(name!)).ToList();
        foreach (var name in own)
        {
            Console.WriteLine($"loaded: {name} from {(Path.GetDirectoryName(loaded[name!]) == dependencies ? "the module's folder" : loaded[name!])}");
        }

        foreach (var name in new[] { "IotCard.Client", "System.Text.Json", "Microsoft.Bcl.TimeProvider" })
        {
            if (!loaded.TryGetValue(name, out var location) || Path.GetDirectoryName(location) != dependencies)
            {
                throw new InvalidOperationException($"{name} did not come from the module's folder.");
            }
        }
    }
}
