using System.Management.Automation;
using IotCard.Tests.Hosting;

namespace IotCard.Tests.Loading;

/// <summary>PowerShell lists the exported types of <c>IotCard.dll</c> before the module can say where its dependencies are.</summary>
public sealed class EarlyTypesTests
{
    [Theory]
    [InlineData("Core")]
    [InlineData("Desktop")]
    public void No_exported_type_is_loaded_with_types_of_the_dependencies(string edition)
    {
        var bin = Path.Combine(Path.GetDirectoryName(ModuleSession.ModulePath)!, "bin", edition);
        Assert.SkipUnless(Directory.Exists(bin), $"Not built so far: {bin}. The build of this project makes the one for PowerShell 7; dotnet build src/IotCard makes both.");
        var dependencies = Directory.GetFiles(Path.Combine(bin, "dependencies"), "*.dll").Select(static f => Path.GetFileNameWithoutExtension(f)!).ToList();

        Assert.Contains("IotCard.Client", dependencies);
        Assert.Empty(EarlyTypes.Find(Path.Combine(bin, "IotCard.dll"), dependencies));
    }

    [Fact]
    public void A_type_is_found_wherever_a_loader_looks_and_nowhere_else()
    {
        var samples = typeof(EarlySamples).GetNestedTypes().Select(static t => t.Name + ":").Concat(typeof(EarlySamples).GetNestedTypes().Select(static t => t.Name + ".")).ToList();

        var found = EarlyTypes.Find(typeof(EarlySamples).Assembly.Location, [typeof(PSObject).Assembly.GetName().Name!]);

        Assert.Equal([
                "Constrained`1: base class, interface or constraint",
                "Derived: base class, interface or constraint",
                "Holding.Both: field held by value",
                "Holding.Inside: field held by value",
                "Holding.Value: field held by value",
                "Implementing: base class, interface or constraint",
                "Marked: attribute",
                "Own.Impact: field held by value",
                "Virtual.Find: value type in the signature of a virtual method",
                "Virtual.Many: value type in the signature of a virtual method",
                "Virtual.Take: value type in the signature of a virtual method",
                "Virtual.get_One: value type in the signature of a virtual method",
            ],
            found.Where(f => samples.Exists(s => f.StartsWith(s, StringComparison.Ordinal))).Order(StringComparer.Ordinal));
    }
}
