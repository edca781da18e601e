using System.Runtime.InteropServices;

namespace IotCard.Client.Platform;

/// <summary>The user who runs this process, on Windows.</summary>
internal static class WindowsUser
{
    private const uint Query = 8;
    private const int TokenUser = 1;

    private static readonly Lazy<string?> Found = new(Find);

    /// <summary>The user's security identifier; null if the system does not provide it.</summary>
    internal static string? Sid => Found.Value;

    private static string? Find()
    {
        if (!Win32.OpenProcessToken(Win32.GetCurrentProcess(), Query, out var token))
        {
            return null;
        }

        using (token)
        {
            _ = Win32.GetTokenInformation(token, TokenUser, 0, 0, out var length);
            var information = Marshal.AllocHGlobal((int)Math.Max(length, (uint)IntPtr.Size));
            try
            {
                // The structure begins with a pointer to the identifier.
                return Win32.GetTokenInformation(token, TokenUser, information, length, out _) ? ReadText(Marshal.ReadIntPtr(information)) : null;
            }
            finally
            {
                Marshal.FreeHGlobal(information);
            }
        }
    }

    private static string? ReadText(nint sid)
    {
        if (!Win32.ConvertSidToStringSidW(sid, out var text))
        {
            return null;
        }

        try
        {
            return Marshal.PtrToStringUni(text);
        }
        finally
        {
            _ = Win32.LocalFree(text);
        }
    }
}
