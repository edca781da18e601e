using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using IotCard.Tests.Pester;

namespace IotCard.Tests.Build;

/// <summary>The bill of materials that is written beside the package.</summary>
[Trait("Category", "Build")]
public sealed class SbomTests : IAsyncLifetime
{
    private string _package = "";
    private JsonElement _bill;

    public async ValueTask InitializeAsync()
    {
        _package = await PesterSuite.Package.Value;
        using var document = JsonDocument.Parse(await File.ReadAllTextAsync(Path.ChangeExtension(_package, "cdx.json"), TestContext.Current.CancellationToken));
        _bill = document.RootElement.Clone();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task The_bill_of_materials_names_every_file_of_the_package_once_with_its_hash()
    {
        var actual = new Dictionary<string, string>(StringComparer.Ordinal);
        await using (var archive = await ZipFile.OpenReadAsync(_package, TestContext.Current.CancellationToken))
        {
            foreach (var entry in archive.Entries.Where(static e => !IsOfNuGet(e.FullName)))
            {
                await using var content = await entry.OpenAsync(TestContext.Current.CancellationToken);
                actual.Add(entry.FullName, Convert.ToHexStringLower(await SHA256.HashDataAsync(content, TestContext.Current.CancellationToken)));
            }
        }

        await using var package = File.OpenRead(_package);
        actual.Add(Path.GetFileName(_package), Convert.ToHexStringLower(await SHA256.HashDataAsync(package, TestContext.Current.CancellationToken)));

        var own = Files(_bill.GetProperty("metadata").GetProperty("component")).ToList();
        Assert.All(own.Where(static f => f.Key.EndsWith(".dll", StringComparison.Ordinal)), static f => Assert.StartsWith("IotCard", Path.GetFileName(f.Key), StringComparison.Ordinal));
        var named = own.Concat(Libraries().SelectMany(Files));
        Assert.Equal(actual.OrderBy(static f => f.Key, StringComparer.Ordinal), named.OrderBy(static f => f.Key, StringComparer.Ordinal));
    }

    [Fact]
    public void The_bill_of_materials_names_the_license_and_the_editions_of_every_library() => Assert.All(Libraries(), static library =>
    {
        Assert.Equal("MIT", library.GetProperty("licenses")[0].GetProperty("license").GetProperty("id").GetString());
        var editions = library.GetProperty("properties").EnumerateArray().Select(static p => p.GetProperty("value").GetString()).ToList();
        Assert.NotEmpty(editions);
        Assert.All(Files(library), file => Assert.Contains(file.Key.Split('/')[1], editions));
    });

    [Fact]
    public void The_bill_of_materials_names_the_library_whose_code_is_compiled_in() =>
        Assert.Single(Libraries(), static library => library.GetProperty("name").GetString() == "PolySharp" && !library.TryGetProperty("components", out _));

    private static bool IsOfNuGet(string name) => Regex.IsMatch(name, @"^(_rels/|package/|\[Content_Types\]\.xml$|IotCard\.nuspec$)");

    private static IEnumerable<KeyValuePair<string, string>> Files(JsonElement component) =>
        component.TryGetProperty("components", out var files)
            ? files.EnumerateArray().Select(static f => KeyValuePair.Create(f.GetProperty("name").GetString()!, f.GetProperty("hashes")[0].GetProperty("content").GetString()!))
            : [];

    private List<JsonElement> Libraries() => [.. _bill.GetProperty("components").EnumerateArray()];
}
