namespace IotCard.Tests.Pester;

/// <summary>Rows of a theory that are called as the Pester tests are.</summary>
internal static class PesterRow
{
    internal static IEnumerable<ITheoryDataRow> From(IEnumerable<PesterResult> results) =>
        results.Select(static result => new TheoryDataRow<PesterResult>(result) { Label = result.Name });
}
