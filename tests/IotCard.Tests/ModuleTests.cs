using System.Runtime.Loader;
using IotCard.Tests.Hosting;
using static IotCard.Tests.Commands.Rows;

namespace IotCard.Tests;

public sealed class ModuleTests
{
    [Theory]
    [InlineData("Set-IotCardBinding", "Medium")]
    [InlineData("Remove-IotCardBinding", "High")]
    public async Task A_command_prompts_as_users_of_its_verb_expect(string command, string impact)
    {
        await using var session = await ModuleSession.OpenAsync();

        var run = session.Run($"$c = Get-Command {command}; $c.ImplementingType.GetCustomAttributes($false).ConfirmImpact; $c.OutputType.Name");

        Assert.Equal([impact, "IotCard.BindingResult"], run.Output.Select(o => o.ToString()));
    }

    [Theory]
    [InlineData("Set-IotCardBinding")]
    [InlineData("Remove-IotCardBinding")]
    public async Task No_identifier_binds_a_whole_object_and_no_secret_binds_from_the_pipeline(string command)
    {
        await using var session = await ModuleSession.OpenAsync();

        var whole = session.Run($"(Get-Command {command}).ParameterSets.Parameters | Where-Object ValueFromPipeline | ForEach-Object Name");
        var named = session.Run($"(Get-Command {command}).ParameterSets.Parameters | Where-Object ValueFromPipelineByPropertyName | ForEach-Object Name");

        Assert.Equal(["InputObject"], whole.Output.Select(o => o.ToString()));
        Assert.Subset(
            new HashSet<string>(["Iccid", "Imei", "NewImei"], StringComparer.Ordinal),
            named.Output.Select(o => o.ToString()).ToHashSet(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_module_keeps_its_dependencies_apart_from_all_others()
    {
        await using var session = await ModuleSession.OpenAsync();
        session.Run("$input | Set-IotCardBinding", Rebind(Card1, Device1, NewDevice1));

        var client = AppDomain.CurrentDomain.GetAssemblies().Where(a => a.GetName().Name == "IotCard.Client").ToList();

        Assert.Equal("IotCard", AssemblyLoadContext.GetLoadContext(Assert.Single(client))?.Name);
        Assert.All(
            AppDomain.CurrentDomain.GetAssemblies().Where(a => a.GetName().Name is "System.Text.Json" or "System.Management.Automation"),
            a => Assert.Same(AssemblyLoadContext.Default, AssemblyLoadContext.GetLoadContext(a)));
    }
}
