using System.Globalization;
using System.Management.Automation;
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

    /// <summary>The widest bar, in columns: the default of <c>$PSStyle.Progress.MaxWidth</c>.</summary>
    private const int MaximumWidth = 120;

    /// <summary>What the view adds between the activity and the time left: blanks, brackets, a margin.</summary>
    private const int Frame = 5;

    /// <summary>Makes a record fit where the view is used; elsewhere it stays as it is.</summary>
    internal static ProgressRecord Fit(PSHost host, ProgressRecord record)
    {
        if (!IsUsed(host))
        {
            return record;
        }

        record.Activity = Widen(record.Activity);
        var timeLeft = record.SecondsRemaining < 0 ? 0 : record.SecondsRemaining.ToString(CultureInfo.InvariantCulture).Length + 1;
        record.StatusDescription = Cut(Widen(record.StatusDescription), WidthOf(host) - record.Activity.Length - Frame - timeLeft);
        return record;
    }

    /// <summary>Whether progress is drawn by the console host of a PowerShell that has this view, on a terminal that knows characters without a width.</summary>
    private static bool IsUsed(PSHost host) =>
        host.Name == "ConsoleHost" && host.Version.Major >= 7 && !RuntimeInformation.IsOSPlatform(OSPlatform.Windows);

    private static int WidthOf(PSHost host) => Math.Min(host.UI.RawUI.BufferSize.Width, MaximumWidth);

    /// <summary>Adds a character without a width to each that takes two cells, so that there are as many characters as cells.</summary>
    private static string Widen(string words)
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

    /// <summary>Cuts what does not fit. The view itself might cut a character off from the one that makes up for its width.</summary>
    private static string Cut(string words, int room)
    {
        if (words.Length <= room || room < 2)
        {
            return words;
        }

        var length = words[room - 1] == WordJoiner ? room - 2 : room - 1;
        return words[..length] + "…";
    }

    /// <summary>Whether a character takes two cells: of the East Asian scripts and their punctuation (Unicode Standard Annex 11).</summary>
    private static bool IsWide(char c) => c is (>= '\u2E80' and <= '\uA4CF') or (>= '\uF900' and <= '\uFAFF') or (>= '\uFE30' and <= '\uFE6F') or (>= '\uFF00' and <= '\uFF60');
}
