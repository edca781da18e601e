using IotCard.Tests.Hosting;

[assembly: AssemblyFixture(typeof(StateHome))]

namespace IotCard.Tests.Hosting;

/// <summary>Where all runs of these tests keep their automatic journals, instead of the user's own state folder.</summary>
public sealed class StateHome : IDisposable
{
    private static readonly DirectoryInfo Folder = Directory.CreateTempSubdirectory("iotcard-state-");

    public StateHome() => Environment.SetEnvironmentVariable("XDG_STATE_HOME", Path);

    internal static string Path => Folder.FullName;

    public void Dispose() => Folder.Delete(recursive: true);
}
