using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace IotCard.Tests.Loading;

/// <summary>
/// What a runtime loads together with the exported types of an assembly, read from the metadata: base classes, interfaces,
/// constraints and attributes; fields that are held by value; and, on Windows, the value types in signatures of virtual methods.
/// </summary>
internal sealed class EarlyTypes : IDisposable
{
    private readonly PEReader _file;
    private readonly MetadataReader _metadata;
    private readonly LateTypeProvider _types;
    private readonly HashSet<string> _late;

    private EarlyTypes(string path, HashSet<string> late)
    {
        _file = new PEReader(File.OpenRead(path));
        _metadata = _file.GetMetadataReader();
        _late = late;
        _types = new LateTypeProvider(late);
    }

    /// <summary>Finds what would be loaded with the exported types from assemblies that cannot be loaded yet.</summary>
    /// <param name="path">The assembly whose types are enumerated.</param>
    /// <param name="late">The names of the assemblies that cannot be loaded at that time.</param>
    /// <returns>One line for each place.</returns>
    internal static IReadOnlyList<string> Find(string path, IEnumerable<string> late)
    {
        using var types = new EarlyTypes(path, [.. late]);
        return [.. types._metadata.TypeDefinitions.Select(types._metadata.GetTypeDefinition).Where(types.IsExported).SelectMany(types.Find)];
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private bool IsExported(TypeDefinition type) => (type.Attributes & TypeAttributes.VisibilityMask) switch
    {
        TypeAttributes.Public => true,
        TypeAttributes.NestedPublic => IsExported(_metadata.GetTypeDefinition(type.GetDeclaringType())),
        _ => false,
    };

    private IEnumerable<string> Find(TypeDefinition type)
    {
        var name = _metadata.GetString(type.Name);
        var parents = type.GetInterfaceImplementations().Select(i => _metadata.GetInterfaceImplementation(i).Interface)
            .Concat(type.GetGenericParameters().SelectMany(p => _metadata.GetGenericParameter(p).GetConstraints()).Select(c => _metadata.GetGenericParameterConstraint(c).Type))
            .Append(type.BaseType);
        if (parents.Any(p => _types.Read(_metadata, p).NamesLate))
        {
            yield return $"{name}: base class, interface or constraint";
        }

        if (type.GetCustomAttributes().Select(_metadata.GetCustomAttribute).Any(NamesLate))
        {
            yield return $"{name}: attribute";
        }

        foreach (var field in type.GetFields().Select(_metadata.GetFieldDefinition).Where(f => f.DecodeSignature(_types, null) is { IsValue: true, LoadsLate: true }))
        {
            yield return $"{name}.{_metadata.GetString(field.Name)}: field held by value";
        }

        foreach (var method in type.GetMethods().Select(_metadata.GetMethodDefinition).Where(static m => m.Attributes.HasFlag(MethodAttributes.Virtual)))
        {
            var signature = method.DecodeSignature(_types, null);
            if (signature.ParameterTypes.Append(signature.ReturnType).Any(static t => t.LoadsLate))
            {
                yield return $"{name}.{_metadata.GetString(method.Name)}: value type in the signature of a virtual method";
            }
        }
    }

    // An argument of typeof is its assembly-qualified name.
    private bool NamesLate(CustomAttribute attribute) =>
        _types.Read(_metadata, TypeOf(attribute)).NamesLate
        || System.Text.Encoding.UTF8.GetString(_metadata.GetBlobBytes(attribute.Value)) is var text && _late.Any(l => text.Contains($", {l},", StringComparison.Ordinal));

    private EntityHandle TypeOf(CustomAttribute attribute) => attribute.Constructor.Kind == HandleKind.MemberReference
        ? _metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent
        : _metadata.GetMethodDefinition((MethodDefinitionHandle)attribute.Constructor).GetDeclaringType();
}
