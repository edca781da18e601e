using System.Xml.Linq;

namespace IotCard.Tests.Pester;

/// <summary>The result of one Pester test.</summary>
/// <param name="File">The file it is in.</param>
/// <param name="Name">Its full name, from the outermost block inwards.</param>
/// <param name="Result">As in NUnit's report: Success, Failure, Ignored.</param>
/// <param name="Message">Why it failed or was skipped.</param>
public sealed record PesterResult(string File, string Name, string Result, string? Message)
{
    /// <summary>Reads the NUnit report that Pester writes.</summary>
    internal static List<PesterResult> ReadAll(string report) =>
    [
        .. XDocument.Load(report).Root!.Elements("test-suite").Descendants("test-suite")
            .Where(static suite => suite.Attribute("name")!.Value.EndsWith(".Tests.ps1", StringComparison.Ordinal))
            .SelectMany(static file => file.Descendants("test-case").Select(test => Read(Path.GetFileName(file.Attribute("name")!.Value), test))),
    ];

    /// <summary>Passes, fails or skips the current test.</summary>
    internal void Report()
    {
        if (Result is "Ignored" or "Skipped")
            Assert.Skip(Message ?? "Pester skipped it.");
        Assert.True(Result == "Success", $"{File}: {Name}{Environment.NewLine}{Message}");
    }

    private static PesterResult Read(string file, XElement test) => new(
        file,
        test.Attribute("name")!.Value,
        test.Attribute("result")!.Value,
        string.Join(Environment.NewLine, test.Elements().Where(static e => e.Name.LocalName is "failure" or "reason").Elements().Select(static e => e.Value)));
}
