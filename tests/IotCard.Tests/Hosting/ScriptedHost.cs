using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace IotCard.Tests.Hosting;

/// <summary>A host that answers prompts from a script, and keeps what it showed.</summary>
internal sealed class ScriptedHost(CultureInfo culture, params string[] answers) : PSHost
{
    private readonly ScriptedUI _ui = new(answers);
    private readonly int? _columns;

    internal IReadOnlyList<string> Prompts => _ui.Prompts;

    /// <summary>Everything that was written to the host, in any way.</summary>
    internal IReadOnlyList<string> Written => _ui.Written;

    public override CultureInfo CurrentCulture => culture;

    public override CultureInfo CurrentUICulture => culture;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    /// <summary>The columns of a console like that of pwsh, which draws progress in the minimal view; null for another host.</summary>
    internal int? Columns
    {
        get => _columns;
        init => _ui.Screen = (_columns = value) is { } columns ? new ScriptedScreen(columns) : null;
    }

    public override string Name => Columns is null ? "Scripted" : "ConsoleHost";

    public override PSHostUserInterface UI => _ui;

    public override Version Version => Columns is null ? new(1, 0) : new(7, 4);

    public override void EnterNestedPrompt() => throw new NotSupportedException();

    public override void ExitNestedPrompt() => throw new NotSupportedException();

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }

    public override void SetShouldExit(int exitCode)
    {
    }

    private sealed class ScriptedUI(IEnumerable<string> answers) : PSHostUserInterface
    {
        private readonly Queue<string> _responses = new(answers);

        public List<string> Prompts { get; } = [];

        public List<string> Written { get; } = [];

        public PSHostRawUserInterface? Screen { get; set; }

        public override PSHostRawUserInterface? RawUI => Screen;

        public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
        {
            Prompts.Add(message);
            var answer = _responses.TryDequeue(out var next) ? next : throw new NotSupportedException("Nobody answers.");
            return choices.Select(c => c.Label.Replace("&", string.Empty, StringComparison.Ordinal)).ToList().IndexOf(answer);
        }

        public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) =>
            throw new InvalidOperationException("Asked for " + string.Join(", ", descriptions.Select(d => d.Name)));

        public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
            throw new InvalidOperationException("Asked for a credential");

        public override PSCredential PromptForCredential(
            string caption,
            string message,
            string userName,
            string targetName,
            PSCredentialTypes allowedCredentialTypes,
            PSCredentialUIOptions options) => throw new InvalidOperationException("Asked for a credential");

        public override string ReadLine() => throw new InvalidOperationException("Asked for a line");

        public override SecureString ReadLineAsSecureString() => throw new InvalidOperationException("Asked for a secret");

        public override void Write(string value) => Written.Add(value);

        public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Written.Add(value);

        public override void WriteDebugLine(string message) => Written.Add(message);

        public override void WriteErrorLine(string value) => Written.Add(value);

        public override void WriteLine(string value) => Written.Add(value);

        public override void WriteProgress(long sourceId, ProgressRecord record) => Written.Add(record.ToString());

        public override void WriteVerboseLine(string message) => Written.Add(message);

        public override void WriteWarningLine(string message) => Written.Add(message);
    }
}
