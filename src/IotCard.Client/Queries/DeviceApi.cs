using IotCard.Client.Service;
using IotCard.Client.Signing;

namespace IotCard.Client.Queries;

/// <summary>The actions for devices, of the same product as the binding action.</summary>
/// <param name="endpoint">Scheme, host and port of the service.</param>
internal sealed class DeviceApi(Uri endpoint)
{
    /// <summary>The action that tells whether a device was uploaded.</summary>
    internal const string ExistAction = "DoIotIsImeiExist";

    /// <summary>The action that uploads a device.</summary>
    internal const string PostAction = "DoIotPostImei";

    private static readonly ResponseFormat ExistFormat =
        new PayloadFormat<ImeiExistBody>(QueryJsonContext.Default.ImeiExistBody, static body => body.IotImeiExist?.IsImeiExist);

    private static readonly ResponseFormat PostFormat =
        new PayloadFormat<PostImeiBody>(QueryJsonContext.Default.PostImeiBody, static body => body.IotPostImei?.IsPostSuccess);

    private readonly ApiAction _exist = new(endpoint, ExistAction, BindingApi.Version);
    private readonly ApiAction _post = new(endpoint, PostAction, BindingApi.Version);

    /// <summary>Creates the query whether a device was uploaded.</summary>
    internal ApiQuery<bool> Exists(string imei) => new(new ApiRequest(_exist, new NamedValue("Imei", imei)), ExistFormat);

    /// <summary>Creates the upload of a device. It is idempotent, so it may be repeated like a query.</summary>
    internal ApiQuery<bool> Post(string imei, string? deviceType, string? comments)
    {
        List<NamedValue> parameters = [new("Imei", imei)];
        AddUnlessEmpty("DeviceType", deviceType);
        AddUnlessEmpty("Comments", comments);
        return new(new ApiRequest(_post, [.. parameters]), PostFormat);

        void AddUnlessEmpty(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                parameters.Add(new(name, value!));
            }
        }
    }
}
