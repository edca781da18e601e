using System.Management.Automation;
using IotCard.Tests.Hosting;
using static IotCard.Tests.Commands.Rows;

namespace IotCard.Tests.Commands;

/// <summary>The safety policy of the vendor's command line.</summary>
[Collection(nameof(ProcessEnvironment))]
public sealed class PolicyTests : IDisposable
{
    private readonly ProcessEnvironment _environment = new();

    public void Dispose() => _environment.Dispose();

    [Theory]
    [InlineData("$input | Set-IotCardBinding", "dyiotapi:DoIotChgBindOrUnBind")]
    [InlineData("$input | Set-IotCardBinding -WhatIf", "dyiotapi:DoIotChgBindOrUnBind")]
    [InlineData($"Remove-IotCardBinding {Card1} {Device1} -Confirm:$false", "dyiotapi:DoIotChgBindOrUnBind")]
    [InlineData($"Register-IotCardDevice {NewDevice1} -Confirm:$false", "dyiotapi:DoIotPostImei")]
    [InlineData($"Test-IotCardDevice {NewDevice1}", "dyiotapi:DoIotIsImeiExist")]
    [InlineData("Test-IotCardConnection", "dyiotapi:DoIotIsImeiExist")]
    [InlineData($"Get-IotCard {Card1}", "linkcard:GetCardDetail")]
    [InlineData("$input | Test-IotCardBinding -Operation Rebind -Online", "linkcard:GetCardDetail")]
    [InlineData("Get-IotCardAuditEvent", "actiontrail:LookupEvents")]
    public async Task An_action_that_an_administrator_denies_ends_the_command_before_anything_is_sent(string command, string action)
    {
        await using var session = await OpenAsync();
        _environment.WritePolicy($$"""{"enabled":true,"rules":[{"pattern":"{{action}}","action":"deny"}]}""");

        var run = session.RunCatching(command, Rebind(Card1, Device1, NewDevice1));

        Assert.StartsWith("DeniedByPolicy,", run.TerminatingError.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(ErrorCategory.PermissionDenied, run.TerminatingError.CategoryInfo.Category);
        Assert.Contains(action, run.TerminatingError.Exception.Message, StringComparison.Ordinal);
        Assert.Contains("safety-policy.json", run.TerminatingError.Exception.Message, StringComparison.Ordinal);
        Assert.Equal(0, session.Sandbox.Log.Requests);
    }

    [Fact]
    public async Task A_rule_for_another_action_changes_nothing()
    {
        await using var session = await OpenAsync();
        _environment.WritePolicy("""{"enabled":true,"rules":[{"pattern":"ecs:*","action":"deny"}]}""");

        Assert.Equal(["Succeeded"], session.Run("$input | Set-IotCardBinding", Rebind(Card1, Device1, NewDevice1)).Each("Outcome"));
    }

    [Theory]
    [InlineData("Yes", 1)]
    [InlineData("No", 0)]
    public async Task An_action_that_needs_agreement_is_asked_about_once_even_if_rows_are_not(string answer, int sent)
    {
        await using var session = await OpenAsync(answer);
        _environment.WritePolicy("""{"enabled":true,"rules":[{"pattern":"dyiotapi:*","action":"confirm"}]}""");

        var run = session.RunCatching("$input | Set-IotCardBinding -Confirm:$false", Rebind(Card1, Device1, NewDevice1));

        Assert.Equal(sent, session.Sandbox.Log.Requests);
        Assert.Equal(sent == 0 ? "NotAgreedTo" : null, run.Terminated is null ? null : run.TerminatingError.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Contains("dyiotapi:DoIotChgBindOrUnBind", Assert.Single(session.Host.Prompts), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nobody_can_answer_the_command_ends_and_names_the_variable_that_answers_in_advance()
    {
        await using var session = await OpenAsync();
        _environment.WritePolicy("""{"enabled":true,"rules":[{"pattern":"*","action":"confirm"}]}""");

        var run = session.RunCatching("$input | Set-IotCardBinding -Confirm:$false", Rebind(Card1, Device1, NewDevice1));

        Assert.StartsWith("CannotPromptForPolicy,", run.TerminatingError.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("ALIBABA_CLOUD_SAFETY_SKIP_CONFIRM", run.TerminatingError.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(0, session.Sandbox.Log.Requests);

        _environment.Set("ALIBABA_CLOUD_SAFETY_SKIP_CONFIRM", "true");
        Assert.Equal(["Succeeded"], session.Run("$input | Set-IotCardBinding", Rebind(Card1, Device1, NewDevice1)).Each("Outcome"));
    }

    [Fact]
    public async Task A_dry_run_asks_nobody()
    {
        await using var session = await OpenAsync();
        _environment.WritePolicy("""{"enabled":true,"rules":[{"pattern":"*","action":"confirm"}]}""");

        Assert.Null(session.Run("$input | Set-IotCardBinding -WhatIf", Rebind(Card1, Device1, NewDevice1)).Terminated);
    }

    [Fact]
    public async Task A_malformed_policy_ends_the_command()
    {
        await using var session = await OpenAsync();
        _environment.WritePolicy("{ not json");

        var run = session.RunCatching("$input | Set-IotCardBinding", Rebind(Card1, Device1, NewDevice1));

        Assert.StartsWith("InvalidPolicy,", run.TerminatingError.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(0, session.Sandbox.Log.Requests);
    }

    private static async Task<ModuleSession> OpenAsync(params string[] answers)
    {
        var session = await ModuleSession.OpenAsync(answers: answers);
        session.Run("$PSDefaultParameterValues['*-IotCard*:Endpoint'] = $Endpoint; $PSDefaultParameterValues['*-IotCard*:Credential'] = $Credential");
        return session;
    }
}
