namespace IotCard.Tests.Loading;

/// <summary>What a type in a signature needs of the assemblies that cannot be loaded yet.</summary>
/// <param name="IsValue">Whether it is a value type.</param>
/// <param name="NamesLate">Whether it names a type of them, by itself or as an argument.</param>
/// <param name="LoadsLate">Whether a value type in it is theirs, or holds or names one of their types.</param>
internal readonly record struct NamedType(bool IsValue = false, bool NamesLate = false, bool LoadsLate = false);
