using IotCard.Benchmarks.Subjects;

namespace IotCard.Benchmarks.Layers;

/// <summary>
/// A process for each layer, as the module has one at a user's: what warms one up must not help another. They last for
/// all that is measured, like the bare client and the module beside them.
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
