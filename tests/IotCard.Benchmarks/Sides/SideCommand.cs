using System.CommandLine;

namespace IotCard.Benchmarks.Sides;

/// <summary><c>side</c>: one side of a comparison, in a process of its own. Reads one order a line and writes one answer a line.</summary>
internal static class SideCommand
{
    internal static Command Create()
    {
        var side = new Argument<string>("name");
        var arguments = new Argument<string[]>("arguments") { Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("side", "One side of a comparison; started by fleet.") { side, arguments };
        command.Hidden = true;
        command.SetAction((parsed, _) => RunAsync(parsed.GetRequiredValue(side), parsed.GetValue(arguments) ?? []));
        return command;
    }

    private static async Task<int> RunAsync(string side, string[] arguments)
    {
        switch (side)
        {
            case "sandbox":
                await using (var sandbox = new SandboxSide())
                {
                    await SideLoop.RunAsync<SandboxOrder, SandboxReport>(sandbox.PlayAsync);
                }

                return 0;
            case "module":
                using (var module = new ModuleSide(arguments[0]))
                {
                    await SideLoop.RunAsync<Turn, TurnResult>(turn => Task.FromResult(module.Play(turn)));
                }

                return 0;
            case "http":
                ModuleUnderTest.UseClient(arguments[0]);
                await SideLoop.RunAsync<Turn, TurnResult>(HttpSide.PlayAsync);
                return 0;
            case "layer":
                ModuleUnderTest.UseClient(arguments[0]);
                await SideLoop.RunAsync<Turn, TurnResult>(LayerSide.PlayAsync);
                return 0;
            case "signing":
                ModuleUnderTest.UseClient(arguments[0]);
                await SideLoop.RunAsync<Turn, SigningResult>(turn => Task.FromResult(SigningSide.Play(turn.Cards)));
                return 0;
            case "import":
                await SideLoop.RunAsync<Turn, TurnResult>(_ => Task.FromResult(ImportSide.Play(arguments[0])));
                return 0;
            default:
                await Console.Error.WriteLineAsync($"There is no side {side}.");
                return 1;
        }
    }
}
