namespace IotCard.Tests.Pester;

/// <summary>Theory rows that are named like the Pester tests.</summary>
internal static class PesterRow
{
    internal static IEnumerable<ITheoryDataRow> From(IEnumerable<PesterResult> results) =>
        results.Select(static result => new TheoryDataRow<PesterResult>(result) { Label = result.Name });
}
