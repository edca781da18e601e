namespace IotCard.Sandbox.Cards;

/// <summary>One of the eleven errors that the service's page lists for the operation.</summary>
/// <param name="Code">The code, <c>isv.…</c>.</param>
/// <param name="HttpStatus">The HTTP status according to the page.</param>
/// <param name="Meaning">The meaning according to the page, returned as the Message.</param>
public sealed record ServiceError(string Code, int HttpStatus, string Meaning)
{
    /// <summary>The card's owner is invalid.</summary>
    public static ServiceError OwnerUnknown { get; } = new("isv.RES_OWNER_ID_UNKNOWN", 400, "卡资源归属无效");

    /// <summary>The account has not subscribed to the IoT card product.</summary>
    public static ServiceError ProductNotSubscribed { get; } = new("isv.PRODUCT_UN_SUBSCRIPT", 400, "未开通物联卡产品");

    /// <summary>No card has this ICCID.</summary>
    public static ServiceError CardNotFound { get; } = new("isv.IOT_RES_NOT_EXIST", 400, "IccId对应的卡资源不存在");

    /// <summary>The card's user record is invalid.</summary>
    public static ServiceError AssetsBroken { get; } = new("isv.QUERY_ASSETS_ERROR", 400, "卡对应的用户资料异常");

    /// <summary>The caller has no permission for this card.</summary>
    public static ServiceError PermissionDenied { get; } = new("isv.RAM_PERMISSION_DENY", 400, "当前调用者无权对该卡发起请求");

    /// <summary>A parameter is invalid.</summary>
    public static ServiceError InvalidParameters { get; } = new("isv.INVALID_PARAMETERS", 400, "请求参数无效");

    /// <summary>System error.</summary>
    public static ServiceError SystemError { get; } = new("isv.SYSTEM_ERROR", 404, "系统异常");

    /// <summary>The binding does not exist.</summary>
    public static ServiceError BindingNotFound { get; } = new("isv.ERROR_BIND_NOT_EXIST", 404, "绑定关系不存在,无效操作");

    /// <summary>The unbind failed.</summary>
    public static ServiceError UnbindFailed { get; } = new("isv.ERROR_IOT_UNBINDED_ERROR", 404, "解绑操作异常");

    /// <summary>The rebind failed.</summary>
    public static ServiceError RebindFailed { get; } = new("isv.ERROR_IOT_CHGBINDED_ERROR", 404, "换绑操作异常");

    /// <summary>The IMEI is not acceptable: format, blacklist, or a device that was never uploaded.</summary>
    public static ServiceError ImeiRefused { get; } = new("isv.ERROR_IMEI_ERROR", 404, "IMEI信息不符合规范");

    /// <summary>All eleven, in the page's order.</summary>
    public static IReadOnlyList<ServiceError> All { get; } =
    [
        OwnerUnknown, ProductNotSubscribed, CardNotFound, AssetsBroken, PermissionDenied, InvalidParameters,
        SystemError, BindingNotFound, UnbindFailed, RebindFailed, ImeiRefused,
    ];
}
