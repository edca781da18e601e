using System.Text.RegularExpressions;

namespace IotCard.Architecture;

/// <summary>Which folder of a project uses which, by the namespaces and the types named in its sources.</summary>
internal sealed partial class FolderGraph
{
    private readonly HashSet<(string From, string To)> _uses;

    /// <summary>Reads a project's sources.</summary>
    /// <param name="sources">The project's folder.</param>
    /// <param name="rootNamespace">The namespace of the types in it; that of a folder is this, a dot and its name.</param>
    /// <param name="rootNode">The name of the node for the files beside the folders.</param>
    /// <param name="everywhere">Folders that are not shown, because every other may use them.</param>
    internal FolderGraph(string sources, string rootNamespace, string rootNode = "(root)", params IReadOnlyList<string> everywhere)
    {
        var files = Directory.GetFiles(sources, "*.cs", SearchOption.AllDirectories)
            .Select(file => (Folder: FolderOf(sources, file) ?? rootNode, Name: Path.GetFileNameWithoutExtension(file), Code: CodeOf(file)))
            .Where(file => file.Folder is not ("bin" or "obj" or "Properties") && !everywhere.Contains(file.Folder))
            .ToList();
        var named = new Regex($@"(?<!namespace )\b{Regex.Escape(rootNamespace)}\.(?<folder>[A-Z]\w*)", RegexOptions.ExplicitCapture);

        // A folder's own namespace has those of the root in scope, so that only their names show a use.
        var rootTypes = files.Where(file => file.Folder == rootNode).Select(static file => file.Name).ToHashSet(StringComparer.Ordinal);
        Folders = files.Select(static file => file.Folder).ToHashSet(StringComparer.Ordinal);
        _uses =
        [
            .. files.SelectMany(file => named.Matches(file.Code)
                .Select(m => m.Groups["folder"].Value)
                .Concat(Word().Matches(file.Code).Select(static m => m.Value).Where(rootTypes.Contains).Select(_ => rootNode))
                .Where(to => to != file.Folder && Folders.Contains(to))
                .Select(to => (file.Folder, to))),
        ];
    }

    /// <summary>The folders with sources, and the root if it has any.</summary>
    internal IReadOnlySet<string> Folders { get; }

    /// <summary>Every use of one folder by another.</summary>
    internal IReadOnlySet<(string From, string To)> Uses => _uses;

    /// <summary>The folders that use themselves through others.</summary>
    internal IReadOnlyList<string> Circles => [.. Folders.Where(folder => Reach(_uses, folder).Contains(folder)).Order(StringComparer.Ordinal)];

    /// <summary>What a folder uses by the given arrows, directly or through others.</summary>
    internal static IReadOnlySet<string> Reach(IReadOnlySet<(string From, string To)> arrows, string from)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var pending = new Queue<string>([from]);
        while (pending.TryDequeue(out var next))
        {
            foreach (var (_, to) in arrows.Where(a => a.From == next))
            {
                if (reached.Add(to))
                {
                    pending.Enqueue(to);
                }
            }
        }

        return reached;
    }

    private static string? FolderOf(string sources, string file) =>
        Path.GetRelativePath(sources, file).Split(Path.DirectorySeparatorChar) is [var folder, _, ..] ? folder : null;

    /// <summary>A file without its comments: a reference in a comment is no use.</summary>
    private static string CodeOf(string file) => Comment().Replace(File.ReadAllText(file), string.Empty);

    [GeneratedRegex(@"^\s*//.*$", RegexOptions.Multiline)]
    private static partial Regex Comment();

    // A member of that name, after a dot, is none of the root's types.
    [GeneratedRegex(@"(?<![.\w])[A-Z]\w*")]
    private static partial Regex Word();
}
