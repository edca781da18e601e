namespace IotCard.Client.Planning;

/// <summary>What a user lets pass in a plan.</summary>
internal sealed record PlanOptions
{
    /// <summary>Whether IMEIs pass that their check digit speaks against.</summary>
    internal bool SkipsCheckDigit { get; init; }

    /// <summary>Whether rows pass that contradict other rows, and ICCIDs that look rounded.</summary>
    internal bool SkipsListCheck { get; init; }

    /// <summary>Whether rows are sent anew that may have been executed.</summary>
    internal bool RetriesUnknown { get; init; }

    /// <summary>Provides the time, UTC.</summary>
    internal TimeProvider Clock { get; init; } = TimeProvider.System;
}
