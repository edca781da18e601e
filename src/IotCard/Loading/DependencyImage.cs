#if NET
using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;

namespace IotCard.Loading;

/// <summary>
/// A ReadyToRun image of a dependency: the same assembly, compiled in advance for one operating system, processor and
/// runtime. It only saves the time to compile; the portable assembly does the same everywhere.
/// </summary>
internal static class DependencyImage
{
    /// <summary>Where the image of an assembly for this process would be.</summary>
    /// <param name="assembly">The path of the portable assembly.</param>
    internal static string PathOf(string assembly) => PathOf(
        assembly,
        OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux",
        RuntimeInformation.ProcessArchitecture,
        Environment.Version.Major);

    /// <summary>Where the image of an assembly for a process would be. There are only those that the build makes.</summary>
    /// <param name="assembly">The path of the portable assembly.</param>
    /// <param name="system">The operating system, as in a runtime identifier.</param>
    /// <param name="processor">The process's, which another one may emulate.</param>
    /// <param name="runtime">The major version of .NET; no other uses the image's code.</param>
    internal static string PathOf(string assembly, string system, Architecture processor, int runtime) => Path.Combine(
        Path.GetDirectoryName(assembly)!, system + "-" + processor.ToString().ToLowerInvariant(), "net" + runtime.ToString(CultureInfo.InvariantCulture) + ".0", Path.GetFileName(assembly));

    /// <summary>Whether an image was made of this very assembly. One that another version left behind was not.</summary>
    /// <param name="image">The path of the image.</param>
    /// <param name="assembly">The path of the portable assembly.</param>
    /// <exception cref="IOException">One of the files cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">One of the files may not be read.</exception>
    internal static bool IsOf(string image, string assembly) => ReadVersion(image) is { } version && version == ReadVersion(assembly);

    // The module version identifier, which an image has from its assembly. By ECMA-335, II.24.2, the metadata begin with
    // BSJB, and the header of a stream says how far from there it is. The framework's own reader would be clearer, but
    // to load it takes eight milliseconds, a sixth of what the image saves.
    private static Guid? ReadVersion(string file)
    {
        const int OffsetAndSize = 8;
        const int GuidSize = 16;
        ReadOnlySpan<byte> bytes = File.ReadAllBytes(file);
        var name = bytes.IndexOf("#GUID\0\0\0"u8);
        var metadata = name < OffsetAndSize ? -1 : bytes[..name].LastIndexOf("BSJB"u8);
        if (metadata < 0)
        {
            return null;
        }

        var offset = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(name - OffsetAndSize)..]);
        var content = bytes[metadata..];
        return offset <= content.Length - GuidSize ? new Guid(content.Slice((int)offset, GuidSize)) : null;
    }
}
#endif
