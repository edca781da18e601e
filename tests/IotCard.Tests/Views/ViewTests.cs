using System.Management.Automation.Language;
using System.Xml.Linq;
using IotCard.Tests.Hosting;
using static IotCard.Tests.Commands.Rows;

namespace IotCard.Tests.Views;

/// <summary>The views as the module ships them. tests/Pester/Views.Tests.ps1 covers how they look in a shell.</summary>
public sealed class ViewTests
{
    // A terminal of 80 columns leaves the last one free.
    private const int Width = 79;

    private static readonly XElement[] Views =
        [.. XDocument.Load(Path.Combine(Path.GetDirectoryName(ModuleSession.ModulePath)!, "IotCard.Format.ps1xml")).Descendants("View")];

    public static TheoryData<string> Tables => [.. Views.Where(static v => v.Element("TableControl") is not null).Select(Type)];

    [Theory]
    [InlineData("IotCard.BindingResult")]
    [InlineData("IotCard.CredentialInfo")]
    [InlineData("IotCard.JournalInfo")]
    public void There_is_a_table_a_list_and_a_wide_view(string type) =>
        Assert.Equal(
            ["TableControl", "ListControl", "WideControl"],
            Views.Where(v => Type(v) == type).Select(static v => v.Elements().Last().Name.LocalName));

    [Fact]
    public void An_entry_of_a_journal_has_its_own_table_before_the_one_of_a_result() =>
        Assert.Equal(["IotCard.BindingResult#Journal", "IotCard.BindingResult"], Tables.Select(static t => t.Data).Take(2));

    [Fact]
    public void Results_that_come_back_from_another_process_are_shown_alike() =>
        Assert.All(Views, static view =>
            Assert.Equal([Type(view), "Deserialized." + Type(view)], view.Element("ViewSelectedBy")!.Elements("TypeName").Select(static t => t.Value)));

    [Theory]
    [MemberData(nameof(Tables))]
    public void A_table_truncates_nothing_and_leaves_room_for_the_longest_code(string type)
    {
        var view = Views.First(v => Type(v) == type);
        var widths = view.Descendants("TableColumnHeader").ToDictionary(
            static h => h.Element("Label")!.Value, static h => (int?)h.Element("Width"), StringComparer.Ordinal);

        Assert.All(view.Descendants("TableRowEntry"), static entry => Assert.NotNull(entry.Element("Wrap")));
        Assert.Null(widths.Last().Value);
        var room = Width - widths.Values.Sum(static w => w + 1 ?? 0);

        // A path is wrapped in any case. Beside the row's number or the time, so are the two longest codes.
        var longest = widths.Last().Key == "Path" ? "Path"
            : widths.Last().Key == "Proves" ? "NotExecuted"
            : widths.ContainsKey("Row") || widths.ContainsKey("CompletedAt") ? "isv.ERROR_BIND_NOT_EXIST"
            : "isv.ERROR_IOT_CHGBINDED_ERROR";
        Assert.True(room >= longest.Length, $"{room} columns are left");
        Assert.All(widths, static w => Assert.True(w.Value >= (w.Key switch { "Iccid" => 20, "Imei" => 16, _ => w.Key.Length }) || w.Value is null, w.Key));
    }

    [Theory]
    [InlineData("IotCard.BindingResult#Journal")]
    [InlineData("IotCard.BindingResult")]
    public void A_plain_success_is_shown_without_running_a_script(string type)
    {
        var entries = Views.First(v => Type(v) == type).Descendants("TableRowEntry").ToLookup(static e => e.Element("EntrySelectedBy") is null);

        Assert.Empty(entries[true].Single().Descendants("ScriptBlock"));
        Assert.Equal(
            ["IotCard.BindingResult#Failed", "IotCard.BindingResult#Unknown"],
            entries[false].Single(static e => e.Descendants("ScriptBlock").Any()).Descendants("TypeName").Select(static t => t.Value));
    }

    [Fact]
    public async Task Every_property_exists_and_every_script_is_PowerShell()
    {
        await using var session = await ModuleSession.OpenAsync();
        foreach (var view in Views)
        {
            var type = session.Run($"[{Type(view).Split('#')[0]}].GetProperties().Name").Output.Select(static o => o.ToString()).ToHashSet(StringComparer.Ordinal);
            Assert.NotEmpty(type);
            Assert.All(view.Descendants("PropertyName"), p => Assert.Contains(p.Value, type));
            foreach (var script in view.Descendants("ScriptBlock"))
            {
                var ast = Parser.ParseInput(script.Value, out _, out var errors);
                Assert.Empty(errors);
                Assert.All(
                    ast.FindAll(static n => n is MemberExpressionAst { Expression: VariableExpressionAst { VariablePath.UserPath: "_" } }, searchNestedScriptBlocks: true),
                    m => Assert.Contains(((MemberExpressionAst)m).Member.ToString(), type));
            }
        }
    }

    /// <summary>An engine hosted by an application may have only the core commands, like the one of these tests.</summary>
    [Fact]
    public async Task The_scripts_need_no_command_that_an_engine_may_lack()
    {
        await using var session = await ModuleSession.OpenAsync();
        foreach (var script in Views.SelectMany(static v => v.Descendants("ScriptBlock")).Select(static s => s.Value))
        {
            var run = session.Run(
                "Set-StrictMode -Version Latest; $input | ForEach-Object {" + script + "}",
                Row(("Iccid", "1"), ("Outcome", "Failed"), ("Source", "Environment"), ("State", "Failed"), ("AccessKeyId", "Failed"), ("Reason", null), ("Status", "Closed"), ("StatusText", "Failed"), ("Action", "Failed"), ("Code", "Failed"), ("FromJournal", false), ("CompletedAt", DateTimeOffset.UnixEpoch)));

            Assert.Empty(run.Errors);
            Assert.Matches("Failed|1970-01-01 00:00", Assert.Single(run.Output).ToString());
        }
    }

    private static string Type(XElement view) => view.Element("ViewSelectedBy")!.Element("TypeName")!.Value;
}
