using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;

namespace IotCard.Tests.Loading;

/// <summary>Types that need PowerShell's assembly as soon as they are loaded, and one that does not.</summary>
[SuppressMessage("Design", "CA1034", Justification = "They are exported to be found.")]
[SuppressMessage("Design", "CA1051", Justification = "They are read from the metadata only.")]
[SuppressMessage("Design", "MA0016", Justification = "They are read from the metadata only.")]
public static class EarlySamples
{
    public abstract class Derived : Cmdlet;

    public abstract class Implementing : IDynamicParameters
    {
        public abstract object GetDynamicParameters();
    }

    public abstract class Constrained<T>
        where T : PSObject;

    [OutputType(typeof(PSObject))]
    public abstract class Marked;

    [SuppressMessage("Performance", "CA1802", Justification = "They are read from the metadata only.")]
    public abstract class Holding
    {
        public ConfirmImpact? Value;
        public (int Number, PSObject Shell) Both;
        public Own Inside;
    }

    public struct Own
    {
        public ConfirmImpact Impact;
    }

    public abstract class Virtual
    {
        public abstract ConfirmImpact One { get; }

        public abstract IEnumerable<ConfirmImpact> Many();

        public abstract void Take(Own value);

        private protected virtual void Find(ref (int Number, PSObject Shell) found)
        {
        }
    }

    public abstract class Lazy
    {
        public PSObject? Shell;
        public List<(PSObject First, ConfirmImpact Second)> Rows = [];

        public abstract PSObject Create(IReadOnlyList<PSObject> others);

        public ConfirmImpact Impact() => default;
    }
}
