using System.Management.Automation;
using IotCard.Client.Rules;

namespace IotCard.Errors;

/// <summary>The category of each error code. A code that is not listed has the category of its prefix.</summary>
internal static class ErrorCategories
{
    private static readonly Dictionary<string, ErrorCategory> Exact = new(StringComparer.Ordinal)
    {
        ["isv.RES_OWNER_ID_UNKNOWN"] = ErrorCategory.InvalidData,
        ["isv.PRODUCT_UN_SUBSCRIPT"] = ErrorCategory.ResourceUnavailable,
        ["isv.IOT_RES_NOT_EXIST"] = ErrorCategory.ObjectNotFound,
        ["linkcard.common.CardDestroy"] = ErrorCategory.ObjectNotFound,
        ["linkcard.common.CardNotExist"] = ErrorCategory.ObjectNotFound,
        ["isv.QUERY_ASSETS_ERROR"] = ErrorCategory.InvalidData,
        ["isv.RAM_PERMISSION_DENY"] = ErrorCategory.PermissionDenied,
        ["isv.INVALID_PARAMETERS"] = ErrorCategory.InvalidArgument,
        ["isv.SYSTEM_ERROR"] = ErrorCategory.ResourceUnavailable,
        ["isv.ERROR_BIND_NOT_EXIST"] = ErrorCategory.ObjectNotFound,
        ["isv.ERROR_IOT_UNBINDED_ERROR"] = ErrorCategory.InvalidOperation,
        ["isv.ERROR_IOT_CHGBINDED_ERROR"] = ErrorCategory.InvalidOperation,
        ["isv.ERROR_IMEI_ERROR"] = ErrorCategory.InvalidArgument,
        ["NoPermission"] = ErrorCategory.PermissionDenied,
        ["SignatureDoesNotMatch"] = ErrorCategory.AuthenticationError,
        ["MissingAccessKeyId"] = ErrorCategory.AuthenticationError,
        ["IncompleteSignature"] = ErrorCategory.AuthenticationError,
        ["MissingSecurityToken"] = ErrorCategory.AuthenticationError,
        ["InvalidApi.NotFound"] = ErrorCategory.ObjectNotFound,
        ["CredentialNotFound"] = ErrorCategory.AuthenticationError,
        ["ProfileNotFound"] = ErrorCategory.ObjectNotFound,
        ["InvalidEndpoint"] = ErrorCategory.InvalidArgument,
        ["InvalidRegion"] = ErrorCategory.InvalidArgument,
        ["InvalidTimeSpan"] = ErrorCategory.InvalidArgument,
        ["InvalidProxy"] = ErrorCategory.InvalidArgument,
        ["ImeiCheckDigit"] = ErrorCategory.InvalidData,
        ["SameImei"] = ErrorCategory.InvalidData,
        ["SpreadsheetNumber"] = ErrorCategory.InvalidData,
        ["SpreadsheetRounded"] = ErrorCategory.InvalidData,
        ["LeadingZeroLost"] = ErrorCategory.InvalidData,
        ["MissingColumn"] = ErrorCategory.InvalidData,
        ["UnreadableColumn"] = ErrorCategory.InvalidData,
        ["AmbiguousColumn"] = ErrorCategory.InvalidData,
        ["RowIsARebind"] = ErrorCategory.InvalidData,
        ["PriorOutcomeUnknown"] = ErrorCategory.InvalidOperation,
        ["InvalidIccid"] = ErrorCategory.InvalidData,
        ["InvalidImei"] = ErrorCategory.InvalidData,
        ["JournalInUse"] = ErrorCategory.ResourceBusy,
        ["JournalHeld"] = ErrorCategory.ResourceBusy,
        ["JournalIncomplete"] = ErrorCategory.InvalidData,
        ["JournalFolderNotTrusted"] = ErrorCategory.SecurityError,
        ["JournalNotWritable"] = ErrorCategory.WriteError,
        ["JournalInvalid"] = ErrorCategory.InvalidData,
        ["JournalOfAnotherJob"] = ErrorCategory.InvalidArgument,
        ["JournalFolderNotFound"] = ErrorCategory.ObjectNotFound,
        ["JournalNotFound"] = ErrorCategory.ObjectNotFound,
        ["CannotPrompt"] = ErrorCategory.InvalidOperation,
        ["JournalPathAndNoJournal"] = ErrorCategory.InvalidArgument,
        ["JournalNotAFile"] = ErrorCategory.InvalidArgument,
        ["JournalNotInFileSystem"] = ErrorCategory.InvalidArgument,
        ["JournalTampered"] = ErrorCategory.InvalidData,
        ["JournalIsACopy"] = ErrorCategory.InvalidArgument,
        ["JournalRowNotFound"] = ErrorCategory.ObjectNotFound,
        ["JournalRowNotUnknown"] = ErrorCategory.InvalidOperation,
        ["JournalRowUnderWay"] = ErrorCategory.ResourceBusy,
        ["NotAResult"] = ErrorCategory.InvalidArgument,
        ["ReportExists"] = ErrorCategory.ResourceExists,
        ["ReportNotWritable"] = ErrorCategory.WriteError,
        ["DeniedByPolicy"] = ErrorCategory.PermissionDenied,
        ["NotAgreedTo"] = ErrorCategory.PermissionDenied,
        ["CannotPromptForPolicy"] = ErrorCategory.InvalidOperation,
        ["SwitchedOff"] = ErrorCategory.PermissionDenied,
        ["InvalidPolicy"] = ErrorCategory.ParserError,
        ["MalformedFile"] = ErrorCategory.ParserError,
        ["UnreadableFile"] = ErrorCategory.ReadError,
        ["InvalidProfile"] = ErrorCategory.InvalidData,
        ["UnsafeFile"] = ErrorCategory.SecurityError,
        ["InvalidCredential"] = ErrorCategory.InvalidArgument,
        ["SignInRequired"] = ErrorCategory.AuthenticationError,
        ["ExternalCommandFailed"] = ErrorCategory.InvalidResult,
        ["ExternalCommandTimeout"] = ErrorCategory.OperationTimeout,
        ["MetadataUnavailable"] = ErrorCategory.ConnectionError,
        ["ServiceUnreachable"] = ErrorCategory.ConnectionError,
        [OutcomeCode.PredecessorUnknown] = ErrorCategory.OperationStopped,
        [OutcomeCode.CardChangedSince] = ErrorCategory.InvalidOperation,
        [OutcomeCode.NotSent] = ErrorCategory.OperationStopped,
        [OutcomeCode.Unexpected] = ErrorCategory.InvalidResult,
        [OutcomeCode.OutcomeUnknown] = ErrorCategory.InvalidResult,
        [OutcomeCode.ModificationFailed] = ErrorCategory.InvalidResult,
        [AttemptCode.ConnectTimeout] = ErrorCategory.OperationTimeout,
        [AttemptCode.NameNotResolved] = ErrorCategory.ConnectionError,
        [AttemptCode.ConnectionFailed] = ErrorCategory.ConnectionError,
        [AttemptCode.TlsFailed] = ErrorCategory.ConnectionError,
        [AttemptCode.ProxyFailed] = ErrorCategory.ConnectionError,
    };

    private static readonly KeyValuePair<string, ErrorCategory>[] Prefixes =
    [
        new("isv.", ErrorCategory.InvalidOperation),
        new("Throttling", ErrorCategory.LimitsExceeded),
        new("InvalidAccessKeyId", ErrorCategory.AuthenticationError),
        new("InvalidSecurityToken", ErrorCategory.AuthenticationError),
        new("InvalidTimeStamp", ErrorCategory.AuthenticationError),
        new("Forbidden", ErrorCategory.PermissionDenied),
        new("Credential", ErrorCategory.AuthenticationError),
        new("Profile", ErrorCategory.InvalidData),
    ];

    internal static ErrorCategory Classify(string code)
    {
        if (Exact.TryGetValue(code, out var category))
        {
            return category;
        }

        foreach (var prefix in Prefixes)
        {
            if (code.StartsWith(prefix.Key, StringComparison.Ordinal))
            {
                return prefix.Value;
            }
        }

        return ErrorCategory.InvalidResult;
    }
}
