using IotCard.Addresses;
using IotCard.Texts;

namespace IotCard.Output;

/// <summary>Says where requests go and with whose key, so that practice and production are never mistaken for each other.</summary>
/// <param name="service">The endpoint.</param>
/// <param name="accessKeyId">The masked id of the key; null in a dry run, which needs none.</param>
/// <param name="text">The texts.</param>
internal sealed class ServicePlace(ServiceEndpoint service, string? accessKeyId, Text text)
{
    // A list asks for each row.
    private string? _mark;

    /// <summary>Marks the target of a prompt with the place, unless it is the service's own address.</summary>
    internal string Mark(string target) =>
        service.IsOwn ? target
        : text.Format("TargetAt", target, _mark ??= service.IsPractice ? text.Format("PracticePlace", Place) : Place);

    /// <summary>Describes the place in a sentence, for the end of a run.</summary>
    internal string Describe()
    {
        var sentence = text.Format("RunPlace", service.Host, accessKeyId);
        return service.IsPractice ? text.Format("Sentences", text.Get("RunWasPractice"), sentence) : sentence;
    }

    /// <summary>The words above a progress bar.</summary>
    /// <param name="activity">The name of the text.</param>
    internal string DescribeActivity(string activity) =>
        service.IsPractice ? text.Format("PracticeActivity", text.Get(activity)) : text.Get(activity);

    private string Place => accessKeyId is null ? service.Host : text.Format("HostAndKey", service.Host, accessKeyId);
}
