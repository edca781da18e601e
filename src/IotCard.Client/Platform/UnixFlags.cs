namespace IotCard.Client.Platform;

/// <summary>The flags of <c>open</c>, whose values differ between Linux and macOS.</summary>
internal static class UnixFlags
{
    private static readonly bool IsMac = OperatingSystem.IsMacOS();

    /// <summary>O_CLOEXEC: a program that is started does not inherit the file.</summary>
    internal static int CloseOnExec => IsMac ? 0x1000000 : 0x80000;

    /// <summary>O_NONBLOCK: opening a pipe does not wait for its writer.</summary>
    internal static int NonBlocking => IsMac ? 0x4 : 0x800;

    /// <summary>O_NOCTTY: a terminal does not become the one of this process.</summary>
    internal static int NoTerminal => IsMac ? 0x20000 : 0x100;
}
