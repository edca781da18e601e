using IotCard.Client.Cards;
using IotCard.Client.Rules;
using IotCard.Texts;

namespace IotCard.Input;

/// <summary>
/// The rows of one list, as they are read: their identifiers, and what their columns say against them. What cannot be read
/// is refused. The input objects themselves are not kept.
/// </summary>
/// <param name="operation">The operation that the list is for.</param>
/// <param name="retriesUnknown">Whether rows are sent again whose own outcome is Unknown.</param>
/// <param name="text">The texts.</param>
internal sealed class InputList(BindingOperation operation, bool retriesUnknown, Text text)
{
    private static readonly InputColumn[] ForUnbind = [InputColumn.Iccid, InputColumn.Imei];
    private static readonly InputColumn[] ForRebind = [InputColumn.Iccid, InputColumn.Imei, InputColumn.NewImei];

    private readonly List<Row> _rows = [];
    private readonly List<Row> _blank = [];
    private readonly InputText _words = new(text);
    private readonly InputColumn[] _required = operation == BindingOperation.Unbind ? ForUnbind : ForRebind;
    private InputColumn[] _missingEverywhere = operation == BindingOperation.Unbind ? ForUnbind : ForRebind;
    private IReadOnlyList<InputColumn>? _lastMissing;
    private string? _lastMessage;
    private string? _firstMessage;

    internal BindingOperation Operation => operation;

    /// <summary>The rows, in input order.</summary>
    internal IReadOnlyList<Row> Rows => _rows;

    /// <summary>The places of the blank lines at the end, which are no rows.</summary>
    internal IEnumerable<long> BlankRows => _blank.Select(static row => row.Binding.RowNumber);

    /// <summary>How many rows lack a column.</summary>
    internal long MissingCount { get; private set; }

    /// <summary>What is wrong with the list as a whole, because no row of it has a column that is needed; null if nothing is.</summary>
    internal string? Fault => _rows.Count > 0 && _missingEverywhere.Length > 0 ? _firstMessage : null;

    /// <summary>Adds a row.</summary>
    /// <param name="binding">What it asks for.</param>
    /// <param name="input">What it was read from.</param>
    internal void Add(BindingRow binding, InputRow input)
    {
        // Looking at every property of an object costs more than reading its recognized columns.
        var isBlank = !input.Holds(InputColumn.Iccid) && input.IsBlank;
        var row = new Row(binding);
        Check(row, input);
        if (isBlank)
        {
            // Only what follows shows whether this is just the end of a file.
            _blank.Add(row);
            return;
        }

        _rows.AddRange(_blank);
        _blank.Clear();
        _rows.Add(row);
    }

    private void Check(Row row, InputRow input)
    {
        var missing = input.FindMissing(_required);
        _missingEverywhere = missing.Count == 0 ? [] : [.. _missingEverywhere.Where(missing.Contains)];

        if (missing.Count > 0)
        {
            MissingCount++;
            Refuse(row, InputFault.MissingColumn, Describe(input, missing));
        }
        else if (input.FindUnreadable(isUnbind: operation == BindingOperation.Unbind) is { } unreadable)
        {
            Refuse(row, InputFault.UnreadableColumn, _words.DescribeUnreadable(unreadable));
        }
        else if (input.FindAmbiguous(_required) is { } ambiguous)
        {
            Refuse(row, InputFault.AmbiguousColumn, _words.DescribeAmbiguous(ambiguous.One, ambiguous.Other));
        }
        else if (operation == BindingOperation.Unbind && input.FindNewDevice(row.Binding.Imei) is { } newDevice)
        {
            Refuse(row, InputFault.RowIsARebind, _words.DescribeNewDevice(newDevice));
        }
        else if (input.HasUnknownOutcome)
        {
            row.IsRepeat = retriesUnknown;
            if (!retriesUnknown)
            {
                row.Decision = new RowDecision(RowAction.Unknown, InputFault.PriorOutcomeUnknown);
                row.Message = text.Get("Fault_PriorOutcomeUnknown");
            }
        }
    }

    /// <summary>Describes a row that lacks columns. Rows that lack the same are described once: a wrong file has many.</summary>
    private string Describe(InputRow input, IReadOnlyList<InputColumn> missing)
    {
        if (_lastMissing is null || !_lastMissing.SequenceEqual(missing))
        {
            _lastMissing = missing;
            _lastMessage = _words.DescribeMissing(input, missing);
            _firstMessage ??= _lastMessage;
        }

        return _lastMessage!;
    }

    private static void Refuse(Row row, string code, string message)
    {
        row.Decision = new RowDecision(RowAction.Refuse, code);
        row.Message = message;
    }
}
