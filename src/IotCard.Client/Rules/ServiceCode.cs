namespace IotCard.Client.Rules;

/// <summary>The service's codes that rules refer to by name. All others are only passed on.</summary>
internal static class ServiceCode
{
    /// <summary>The request was accepted.</summary>
    internal const string Ok = "OK";

    /// <summary>The prefix of the service's codes; the gateway's own have none.</summary>
    internal const string Prefix = "isv.";

    /// <summary>The card is not bound to this IMEI, or its account is closed (绑定关系不存在).</summary>
    internal const string BindingDoesNotExist = "isv.ERROR_BIND_NOT_EXIST";

    /// <summary>The service itself failed (系统异常). It may have executed the operation before.</summary>
    internal const string SystemError = "isv.SYSTEM_ERROR";
}
