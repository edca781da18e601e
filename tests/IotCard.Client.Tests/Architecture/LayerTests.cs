using System.Reflection;
using System.Text.RegularExpressions;

namespace IotCard.Client.Tests.Architecture;

/// <summary>Which folders of the client may use which: each only those listed before it.</summary>
public sealed partial class LayerTests
{
    private static readonly string Sources = typeof(LayerTests).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(static a => a.Key == "ClientSources").Value!;

    private static readonly string[] Order =
        ["Polyfills", "Platform", "Sanitizing", "Http", "Signing", "Credentials", "Credentials.Profiles", "Credentials.Policy", "Credentials.Sources", "Credentials.Resolution"];

    [Fact]
    public void Signing_and_credentials_know_nothing_that_stands_behind_them()
    {
        var wrong = Order.SelectMany(static (layer, place) => Files(layer)
            .SelectMany(static f => Named().Matches(File.ReadAllText(f)).Select(m => (File: f, Layer: m.Groups["layer"].Value)))
            .Where(known => Array.IndexOf(Order, known.Layer) is var at && (at < 0 || at > place)));

        Assert.Empty(wrong);
    }

    [Fact]
    public void Namespaces_are_those_of_the_folders() =>
        Assert.All(Order, static layer => Assert.All(Files(layer), f => Assert.Contains($"namespace IotCard.Client.{layer};", File.ReadAllText(f), StringComparison.Ordinal)));

    private static string[] Files(string layer) => Directory.GetFiles(Path.Combine(Sources, layer.Replace('.', Path.DirectorySeparatorChar)), "*.cs");

    [GeneratedRegex(@"(?<!namespace )IotCard\.Client\.(?<layer>[A-Z][A-Za-z]*(\.(Profiles|Policy|Sources|Resolution))?)", RegexOptions.ExplicitCapture)]
    private static partial Regex Named();
}
