using System.Globalization;
using System.Management.Automation;

namespace IotCard.Output;

/// <summary>What a call's common parameters say, else the preference variables of its session.</summary>
internal sealed class CommonParameters(PSCmdlet command)
{
    /// <summary>Whether the first error ends the pipeline.</summary>
    internal bool StopsAtError => Is(ActionPreference.Stop, Find("ErrorAction", "ErrorActionPreference"));

    /// <summary>Whether the call is a dry run.</summary>
    internal bool IsWhatIf => LanguagePrimitives.IsTrue(Find("WhatIf", "WhatIfPreference"));

    /// <summary>Whether warnings are not shown.</summary>
    internal bool HidesWarnings =>
        Find("WarningAction", "WarningPreference") is var action && (Is(ActionPreference.SilentlyContinue, action) || Is(ActionPreference.Ignore, action));

    /// <summary>Whether <c>-Confirm</c> is given, with or without a value.</summary>
    internal bool HasConfirm => command.MyInvocation.BoundParameters.ContainsKey("Confirm");

    /// <summary>From which impact on the engine prompts; None if it never does.</summary>
    internal ConfirmImpact ConfirmThreshold =>
        command.MyInvocation.BoundParameters.TryGetValue("Confirm", out var confirm) ? LanguagePrimitives.IsTrue(confirm) ? ConfirmImpact.Low : ConfirmImpact.None
        : command.MyInvocation.BoundParameters.TryGetValue("Debug", out var debug) && LanguagePrimitives.IsTrue(debug) ? ConfirmImpact.Low
        : LanguagePrimitives.TryConvertTo<ConfirmImpact>(command.GetVariableValue("ConfirmPreference"), CultureInfo.InvariantCulture, out var preference) ? preference
        : ConfirmImpact.High;

    private static bool Is(ActionPreference preference, object? value) => string.Equals(value?.ToString(), preference.ToString(), StringComparison.OrdinalIgnoreCase);

    private object? Find(string parameter, string variable) =>
        command.MyInvocation.BoundParameters.TryGetValue(parameter, out var bound) ? bound : command.GetVariableValue(variable);
}
