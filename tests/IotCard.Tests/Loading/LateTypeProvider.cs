using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace IotCard.Tests.Loading;

/// <summary>Tells which types in a signature are of assemblies that cannot be loaded yet.</summary>
/// <param name="late">The names of those assemblies.</param>
internal sealed class LateTypeProvider(HashSet<string> late) : ISignatureTypeProvider<NamedType, object?>
{
    private readonly HashSet<TypeDefinitionHandle> _open = [];

    /// <summary>Reads a type that is named outside a signature.</summary>
    internal NamedType Read(MetadataReader reader, EntityHandle type) => type.Kind switch
    {
        _ when type.IsNil => default,
        HandleKind.TypeReference => GetTypeFromReference(reader, (TypeReferenceHandle)type, 0),
        HandleKind.TypeSpecification => GetTypeFromSpecification(reader, null, (TypeSpecificationHandle)type, 0),
        _ => GetTypeFromDefinition(reader, (TypeDefinitionHandle)type, 0),
    };

    /// <inheritdoc/>
    public NamedType GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind)
    {
        var scope = reader.GetTypeReference(handle).ResolutionScope;
        while (scope.Kind == HandleKind.TypeReference)
        {
            scope = reader.GetTypeReference((TypeReferenceHandle)scope).ResolutionScope;
        }

        var isLate = scope.Kind == HandleKind.AssemblyReference && late.Contains(reader.GetString(reader.GetAssemblyReference((AssemblyReferenceHandle)scope).Name));
        return new NamedType(IsValue(rawTypeKind), isLate, isLate && IsValue(rawTypeKind));
    }

    /// <inheritdoc/>
    public NamedType GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind)
    {
        // A structure of our own is loaded with all that it holds by value.
        if (!IsValue(rawTypeKind) || !_open.Add(handle))
        {
            return default;
        }

        var fields = reader.GetTypeDefinition(handle).GetFields().Select(f => reader.GetFieldDefinition(f).DecodeSignature(this, null)).ToList();
        _open.Remove(handle);
        return new NamedType(IsValue: true, LoadsLate: fields.Exists(static f => f is { IsValue: true, LoadsLate: true }));
    }

    /// <inheritdoc/>
    public NamedType GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    /// <inheritdoc/>
    public NamedType GetGenericInstantiation(NamedType genericType, ImmutableArray<NamedType> typeArguments)
    {
        var namesLate = genericType.NamesLate || typeArguments.Any(static t => t.NamesLate);
        return new NamedType(genericType.IsValue, namesLate, (genericType.IsValue && namesLate) || genericType.LoadsLate || typeArguments.Any(static t => t.LoadsLate));
    }

    /// <inheritdoc/>
    public NamedType GetSZArrayType(NamedType elementType) => elementType with { IsValue = false };

    /// <inheritdoc/>
    public NamedType GetArrayType(NamedType elementType, ArrayShape shape) => elementType with { IsValue = false };

    /// <inheritdoc/>
    public NamedType GetByReferenceType(NamedType elementType) => elementType with { IsValue = false };

    /// <inheritdoc/>
    public NamedType GetPointerType(NamedType elementType) => elementType with { IsValue = false };

    /// <inheritdoc/>
    public NamedType GetPinnedType(NamedType elementType) => elementType;

    /// <inheritdoc/>
    public NamedType GetModifiedType(NamedType modifier, NamedType unmodifiedType, bool isRequired) => unmodifiedType;

    /// <inheritdoc/>
    public NamedType GetFunctionPointerType(MethodSignature<NamedType> signature) =>
        new(LoadsLate: signature.ParameterTypes.Append(signature.ReturnType).Any(static t => t.LoadsLate));

    /// <inheritdoc/>
    public NamedType GetPrimitiveType(PrimitiveTypeCode typeCode) => default;

    /// <inheritdoc/>
    public NamedType GetGenericMethodParameter(object? genericContext, int index) => default;

    /// <inheritdoc/>
    public NamedType GetGenericTypeParameter(object? genericContext, int index) => default;

    private static bool IsValue(byte rawTypeKind) => rawTypeKind == (byte)SignatureTypeKind.ValueType;
}
