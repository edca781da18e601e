using System.CommandLine;

namespace IotCard.Benchmarks.Subjects;

/// <summary><c>subject</c>: one subject of a comparison, in its own process. Reads one request per line and writes one response per line.</summary>
internal static class SubjectCommand
{
    internal static Command Create()
    {
        var subject = new Argument<string>("name");
        var arguments = new Argument<string[]>("arguments") { Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("subject", "One subject of a comparison; started by fleet.") { subject, arguments };
        command.Hidden = true;
        command.SetAction((parsed, _) => RunAsync(parsed.GetRequiredValue(subject), parsed.GetValue(arguments) ?? []));
        return command;
    }

    private static async Task<int> RunAsync(string subject, string[] arguments)
    {
        switch (subject)
        {
            case "sandbox":
                await using (var sandbox = new SandboxSubject())
                {
                    await SubjectLoop.RunAsync<SandboxRequest, SandboxReport>(sandbox.HandleAsync);
                }

                return 0;
            case "http":
                ModuleUnderTest.UseClient(arguments[0]);
                await SubjectLoop.RunAsync<Iteration, IterationResult>(HttpSubject.RunAsync);
                return 0;
            default:
                await Console.Error.WriteLineAsync($"There is no subject {subject}.");
                return 1;
        }
    }
}
