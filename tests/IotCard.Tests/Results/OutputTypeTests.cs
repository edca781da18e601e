using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using System.Runtime.CompilerServices;
using IotCard.Tests.Hosting;

namespace IotCard.Tests.Results;

/// <summary>
/// The boundary of the module: whatever reaches an output object from a cell, a journal, a file or the service, no
/// property of it holds anything that a terminal would interpret instead of showing.
/// </summary>
public sealed class OutputTypeTests
{
    private const string Hostile = "=\u001b[31m\u202Ex\u3164\u2800\u034F\uFE0F\r\n";

    [Fact]
    public async Task No_property_of_an_output_object_is_raw()
    {
        await using var session = await ModuleSession.OpenAsync();
        var commands = session.Run("Get-Command -Module IotCard").Output.Select(static o => ((CmdletInfo)o.BaseObject).ImplementingType).ToList();
        var types = commands.SelectMany(static c => c.GetCustomAttributes<OutputTypeAttribute>().SelectMany(static a => a.Type).Select(static o => o.Type).Where(t => t?.Assembly == c.Assembly)).Distinct().ToList();

        Assert.True(types.Count >= 7, $"only {types.Count} types found");
        Assert.All(types.SelectMany(Constructors), static constructor =>
        {
            var texts = Texts(Build(constructor)).ToList();

            Assert.NotEmpty(texts);
            Assert.All(texts, text => Assert.True(IsShowable(text.Value), $"{constructor.DeclaringType!.Name}.{text.Name}"));
        });
    }

    /// <summary>Whether a terminal shows every character of a text, and nothing else.</summary>
    private static bool IsShowable(string text) => text.All(static c =>
        c is not ('\u034F' or '\u2800' or '\u3164' or (>= '\uFE00' and <= '\uFE0F'))
        && char.GetUnicodeCategory(c) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator));

    private static IEnumerable<(string Name, string Value)> Texts(object output)
    {
        yield return (nameof(ToString), output.ToString()!);
        foreach (var property in output.GetType().GetProperties())
        {
            switch (property.GetValue(output))
            {
                case string text:
                    yield return (property.Name, text);
                    break;
                case IEnumerable<string> list:
                    foreach (var item in list)
                    {
                        yield return (property.Name, item);
                    }

                    break;
            }
        }
    }

    private static ConstructorInfo[] Constructors(Type type) =>
        type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);

    /// <summary>Builds an object from hostile parts, and sets what an initializer could set.</summary>
    private static object Build(ConstructorInfo constructor)
    {
        var built = Create(constructor, Hostile);
        foreach (var property in built.GetType().GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Where(static p => p.CanWrite))
        {
            property.SetValue(built, Part(property.PropertyType));
        }

        return built;
    }

    /// <summary>Invokes a constructor. One that refuses hostile texts, such as a credential's, gets a harmless one.</summary>
    private static object Create(ConstructorInfo constructor, string text)
    {
        try
        {
            return constructor.Invoke([.. constructor.GetParameters().Select(p => Part(p.ParameterType, text))]);
        }
        catch (TargetInvocationException) when (text == Hostile)
        {
            return Create(constructor, "harmless");
        }
    }

    private static object? Part(Type type, string text = Hostile)
    {
        var wanted = Nullable.GetUnderlyingType(type) ?? type;
        return wanted == typeof(string) ? text
            : wanted == typeof(Uri) ? new Uri("https://dyiotapi.aliyuncs.com")
            : wanted == typeof(CultureInfo) ? CultureInfo.GetCultureInfo("en-US")
            : wanted == typeof(FormattableString) ? FormattableStringFactory.Create("{0}", text)
            : wanted == typeof(Exception) || typeof(Delegate).IsAssignableFrom(wanted) ? null
            : wanted.IsEnum ? Enum.GetValues(wanted).GetValue(0)
            : wanted.IsValueType ? Activator.CreateInstance(wanted)
            : wanted.IsAssignableFrom(typeof(string[])) || typeof(IEnumerable).IsAssignableFrom(wanted) ? new[] { text }
            : Constructors(wanted) is [_, ..] constructors ? Build(constructors.OrderByDescending(static c => c.GetParameters().Length).First(static c => c.GetParameters().All(p => p.ParameterType != c.DeclaringType)))
            : null;
    }
}
