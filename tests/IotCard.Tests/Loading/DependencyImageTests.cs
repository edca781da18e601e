using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Xml.Linq;
using IotCard.Loading;
using IotCard.Tests.Readme;

namespace IotCard.Tests.Loading;

/// <summary>Which ReadyToRun image of a dependency is for a process, and whether it is one of that dependency.</summary>
public sealed class DependencyImageTests : IDisposable
{
    private static readonly string Assembly = typeof(DependencyImageTests).Assembly.Location;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    /// <summary>System, processor, major version of the runtime; the folder of the image, and whether the package has one.</summary>
    public static TheoryData<string, Architecture, int, string, bool> Processes => new()
    {
        { "linux", Architecture.X64, 10, "linux-x64/net10.0", true },
        { "linux", Architecture.Arm64, 10, "linux-arm64/net10.0", true },
        { "osx", Architecture.X64, 10, "osx-x64/net10.0", true },
        { "osx", Architecture.Arm64, 10, "osx-arm64/net10.0", true },
        { "win", Architecture.X64, 10, "win-x64/net10.0", true },
        { "win", Architecture.Arm64, 10, "win-arm64/net10.0", true },
        { "linux", Architecture.X64, 8, "linux-x64/net8.0", true },
        { "linux", Architecture.Arm64, 8, "linux-arm64/net8.0", true },
        { "win", Architecture.X64, 8, "win-x64/net8.0", true },
        { "win", Architecture.Arm64, 8, "win-arm64/net8.0", true },
        { "osx", Architecture.Arm64, 8, "osx-arm64/net8.0", false },
        { "linux", Architecture.X64, 9, "linux-x64/net9.0", false },
        { "linux", Architecture.X64, 11, "linux-x64/net11.0", false },
        { "win", Architecture.X86, 10, "win-x86/net10.0", false },
        { "linux", Architecture.Arm, 10, "linux-arm/net10.0", false },
        { "linux", Architecture.RiscV64, 10, "linux-riscv64/net10.0", false },
        { "linux", (Architecture)99, 10, "linux-99/net10.0", false },
    };

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Processes))]
    public void The_image_of_a_process_is_found_by_system_processor_and_runtime(string system, Architecture processor, int runtime, string folder, bool exists)
    {
        var assembly = Path.Combine(_folder.FullName, "IotCard.Client.dll");

        var image = DependencyImage.PathOf(assembly, system, processor, runtime);

        Assert.Equal(Path.Combine(_folder.FullName, folder, "IotCard.Client.dll"), image);
        Assert.Equal(exists, ImagesOfTheBuild().Contains(folder));
    }

    [Fact]
    public void Every_image_of_the_build_is_for_some_process() =>
        Assert.Equal(ImagesOfTheBuild().Order(StringComparer.Ordinal), Processes.Where(static p => p.Data.Item5).Select(static p => p.Data.Item4).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_image_is_made_with_a_framework_of_its_own_system() => Assert.All(ModuleImages(), static image =>
    {
        var system = image.Attribute("Include")!.Value.Split('-')[0];

        // Otherwise its OperatingSystem.IsWindows() would be the other system's.
        Assert.StartsWith(system + "-", image.Attribute("Framework")!.Value, StringComparison.Ordinal);
        Assert.Equal(system == "win" ? "windows" : system, image.Attribute("System")!.Value);
    });

    [Fact]
    public void This_process_has_the_image_of_its_own_system_and_runtime()
    {
        var system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";

        Assert.Equal(
            DependencyImage.PathOf(Assembly, system, RuntimeInformation.ProcessArchitecture, Environment.Version.Major),
            DependencyImage.PathOf(Assembly));
    }

    [Fact]
    public void A_copy_is_of_the_same_assembly() => Assert.True(DependencyImage.IsOf(Write(File.ReadAllBytes(Assembly)), Assembly));

    [Fact]
    public void Another_assembly_is_not() => Assert.False(DependencyImage.IsOf(typeof(FactAttribute).Assembly.Location, Assembly));

    [Fact]
    public void The_same_assembly_compiled_from_other_sources_is_not()
    {
        var bytes = File.ReadAllBytes(Assembly);
        var version = typeof(DependencyImageTests).Module.ModuleVersionId.ToByteArray();
        bytes[bytes.AsSpan().IndexOf(version)] ^= 1;

        Assert.False(DependencyImage.IsOf(Write(bytes), Assembly));
    }

    [Theory]
    [InlineData("")]
    [InlineData("This is no assembly.")]
    [InlineData("BSJB")]
    [InlineData("#GUID\0\0\0")]
    [InlineData("BSJB\0\0\0\0\0\0\0\0")]
    public void What_has_no_version_is_of_no_assembly_not_even_of_itself(string content)
    {
        var file = Write(Encoding.Latin1.GetBytes(content));

        Assert.False(DependencyImage.IsOf(file, Assembly));
        Assert.False(DependencyImage.IsOf(file, file));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(8, true)]
    [InlineData(9, false)]
    [InlineData(int.MaxValue, false)]
    [InlineData(uint.MaxValue, false)]
    public void A_version_is_read_only_from_within_the_file(uint offset, bool isInside)
    {
        // 4 bytes of signature, 8 of offset and size, 8 of name, 4 more: 24 bytes, of which the last 16 are at 8.
        var bytes = new byte[24];
        "BSJB"u8.CopyTo(bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4), offset);
        "#GUID"u8.CopyTo(bytes.AsSpan(12));
        var file = Write(bytes);

        Assert.Equal(isInside, DependencyImage.IsOf(file, file));
    }

    private static List<string> ImagesOfTheBuild() => [.. ModuleImages().Select(static i => i.Attribute("Include")!.Value)];

    private static IEnumerable<XElement> ModuleImages() =>
        XDocument.Load(Path.Combine(MarkdownPage.Root, "src", "IotCard", "DependencyImages.targets")).Descendants("ModuleImage");

    private string Write(byte[] content)
    {
        var file = Path.Combine(_folder.FullName, "file.dll");
        File.WriteAllBytes(file, content);
        return file;
    }
}
