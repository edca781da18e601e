using IotCard.Benchmarks.Subjects;

namespace IotCard.Benchmarks.Layers;

/// <summary>
/// A process for each layer, so that warming one up does not help another. They live for the whole run, like those of
/// the bare client and the module.
/// </summary>
internal sealed class LayerSubjects(string moduleFolder) : IDisposable
{
    private readonly Dictionary<Layer, SubjectProcess> _subjects =
        Enum.GetValues<Layer>().ToDictionary(static layer => layer, _ => SubjectProcess.Start("layer", moduleFolder));

    internal SubjectProcess this[Layer layer] => _subjects[layer];

    public void Dispose()
    {
        foreach (var subject in _subjects.Values)
        {
            subject.Dispose();
        }
    }
}
