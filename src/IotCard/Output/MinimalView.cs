using System.Management.Automation.Host;
using System.Runtime.InteropServices;
using System.Text;

namespace IotCard.Output;

/// <summary>
/// Makes texts fit the progress bar of PowerShell's minimal view, which pads and cuts by characters and takes each for one
/// cell. A bar with Chinese text would be longer than its line, and every redrawing would leave the rest of it behind.
/// </summary>
internal static class MinimalView
{
    /// <summary>A character without a width, which is no place to break a line either.</summary>
    private const char WordJoiner = '\u2060';

    /// <summary>Whether progress is drawn by the console host of a PowerShell that has this view, on a terminal that knows characters without a width.</summary>
    internal static bool IsUsed(PSHost host) =>
        host.Name == "ConsoleHost" && host.Version.Major >= 7 && !RuntimeInformation.IsOSPlatform(OSPlatform.Windows);

    /// <summary>Adds a character without a width to each that takes two cells, so that there are as many characters as cells.</summary>
    internal static string Fit(string words)
    {
        var fitted = new StringBuilder(words.Length);
        foreach (var c in words)
        {
            fitted.Append(c);
            if (IsWide(c))
            {
                fitted.Append(WordJoiner);
            }
        }

        return fitted.ToString();
    }

    /// <summary>Whether a character takes two cells: of the East Asian scripts and their punctuation (Unicode Standard Annex 11).</summary>
    private static bool IsWide(char c) => c is (>= '\u2E80' and <= '\uA4CF') or (>= '\uF900' and <= '\uFAFF') or (>= '\uFE30' and <= '\uFE6F') or (>= '\uFF00' and <= '\uFF60');
}
