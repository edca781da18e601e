using IotCard.Client.Cards;

namespace IotCard.Client.Rules;

/// <summary>What the service's answers about a card and a new device mean for a row.</summary>
internal static class LookupRules
{
    /// <summary>The code of a card that the service does not know.</summary>
    internal const string CardNotFound = "CardNotFound";

    /// <summary>The code of a card whose account is closed.</summary>
    internal const string CardClosed = "CardClosed";

    /// <summary>The code of a card that the service shows in the row's new device already.</summary>
    internal const string SeenInNewDevice = "SeenInNewDevice";

    /// <summary>The code of a card that the service shows in a device that the row does not name.</summary>
    internal const string BoundElsewhere = "BoundElsewhere";

    /// <summary>The code of a new device that was never uploaded.</summary>
    internal const string DeviceNotUploaded = "DeviceNotUploaded";

    private const string Closed = "50";

    /// <summary>Decides about a row that would otherwise be sent.</summary>
    /// <param name="row">The row.</param>
    /// <param name="card">What the service says of its card.</param>
    /// <param name="device">What it says of the new device; null for an unbind.</param>
    internal static RowDecision Decide(BindingRow row, QueryOutcome<CardDetail> card, QueryOutcome<bool>? device)
    {
        if (!card.IsAnswered)
        {
            return card.IsRefusedByService ? new RowDecision(RowAction.Refuse, CardNotFound) : new RowDecision(RowAction.Unknown, card.Code);
        }

        return DecideByCard(row, card.Value!) ?? DecideByDevice(device);
    }

    private static RowDecision? DecideByCard(BindingRow row, CardDetail card)
    {
        if (card.Status == Closed)
        {
            return new RowDecision(row.Operation == BindingOperation.Unbind ? RowAction.AlreadyDone : RowAction.Refuse, CardClosed);
        }

        // An IMEI that is missing, invalid or the row's own says nothing.
        if (card.DeviceImei is not { } imei || RowCheck.FindImeiFault(imei, nameof(row.Imei)) is not null || IsSameDevice(imei, row.Imei))
        {
            return null;
        }

        return row.NewImei is { } newImei && IsSameDevice(imei, newImei)
            ? new RowDecision(RowAction.Unknown, SeenInNewDevice) { ShownImei = imei }
            : new RowDecision(RowAction.Refuse, BoundElsewhere) { ShownImei = imei };
    }

    private static RowDecision DecideByDevice(QueryOutcome<bool>? device) => device switch
    {
        null or { IsAnswered: true, Value: true } => new RowDecision(RowAction.Send),
        { IsAnswered: true } => new RowDecision(RowAction.Refuse, DeviceNotUploaded),
        _ => new RowDecision(device.IsRefusedByService ? RowAction.Refuse : RowAction.Unknown, device.Code),
    };

    private static bool IsSameDevice(string one, string other) => DeviceIdentity.Parse(one) == DeviceIdentity.Parse(other);
}
