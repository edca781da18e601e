using System.Collections;
using System.Globalization;
using System.Reflection;

namespace IotCard.Tests.Hosting;

/// <summary>Everything that a run showed or left in its session.</summary>
internal static class ShownContents
{
    /// <summary>The texts in all streams, errors with all their contents, and on the host's screen.</summary>
    internal static IReadOnlyList<string> Of(ModuleSession session, Streams run) =>
        [.. run.Verbose.Concat(run.Warnings).Concat(run.Debug).Concat(run.Information)
            .Concat(run.Errors.SelectMany(static e => Everything(e, depth: 6)))
            .Concat(Everything(run.Terminated, depth: 6))
            .Concat(run.Output.SelectMany(static o => Everything(o.BaseObject, depth: 6)))
            .Concat(run.Progress.Select(static p => p.ToString()))
            .Concat(session.Host.Written)
            .OfType<string>()];

    /// <summary>What Format-List -Force shows of an error, and more: all its properties and theirs, including inner exceptions and their Data.</summary>
    private static IEnumerable<string?> Everything(object? value, int depth)
    {
        if (value is null || depth == 0)
        {
            yield break;
        }

        yield return Convert.ToString(value, CultureInfo.InvariantCulture);
        if (value is string || value.GetType().IsPrimitive || value is MemberInfo or Assembly or System.Management.Automation.CommandInfo)
        {
            yield break;
        }

        if (value is IDictionary data)
        {
            foreach (DictionaryEntry entry in data)
            {
                yield return $"{entry.Key}={entry.Value}";
            }
        }

        foreach (var property in value.GetType().GetProperties().Where(p => p.GetIndexParameters().Length == 0 && p.CanRead))
        {
            object? held;
            try
            {
                held = property.GetValue(value);
            }
            catch (TargetInvocationException)
            {
                continue;
            }

            foreach (var text in Everything(held, depth - 1))
            {
                yield return text;
            }
        }
    }
}
