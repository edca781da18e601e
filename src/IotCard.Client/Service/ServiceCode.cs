namespace IotCard.Client.Service;

/// <summary>Codes of the service that a rule depends on. The others are only passed on.</summary>
internal static class ServiceCode
{
    /// <summary>The request was accepted.</summary>
    internal const string Ok = "OK";

    /// <summary>How every code of the service begins; the gateway's own do not.</summary>
    internal const string Prefix = "isv.";

    /// <summary>The card is not bound to this IMEI, or its account is closed (绑定关系不存在).</summary>
    internal const string BindingDoesNotExist = "isv.ERROR_BIND_NOT_EXIST";

    /// <summary>The service itself broke (系统异常). That does not say that it did nothing.</summary>
    internal const string SystemError = "isv.SYSTEM_ERROR";
}
