using System.Text;

namespace IotCard.Sandbox.Wire;

/// <summary>A complete request as it arrived, with its parameters decoded.</summary>
internal sealed class WireRequest
{
    private const string FormType = "application/x-www-form-urlencoded";

    public WireRequest(string method, string path, string queryString, IHeaderDictionary headers, byte[] body)
    {
        Method = method;
        Path = path;
        Headers = headers;
        Body = body;
        Query = Parameter.Parse(queryString.StartsWith('?') ? queryString[1..] : queryString);
        Form = body.Length > 0 && IsForm(headers.ContentType.ToString()) ? Parameter.Parse(Encoding.UTF8.GetString(body)) : [];
    }

    public string Method { get; }

    public string Path { get; }

    public IHeaderDictionary Headers { get; }

    public byte[] Body { get; }

    public List<Parameter> Query { get; }

    public List<Parameter> Form { get; }

    public string Host => Headers.Host.ToString();

    /// <summary>The first non-empty query or form parameter of this case-sensitive name; null = none.</summary>
    public string? this[string name] => Find(Query, name) ?? Find(Form, name);

    /// <summary>A header's trimmed value; null if it is absent or empty.</summary>
    public string? Header(string name) =>
        Headers.TryGetValue(name, out var value) && value.ToString().Trim() is { Length: > 0 } text ? text : null;

    public static async Task<WireRequest> ReadAsync(HttpContext context)
    {
        var request = context.Request;
        return new WireRequest(
            request.Method,
            request.Path.Value ?? "",
            request.QueryString.Value ?? "",
            request.Headers,
            await ReadBodyAsync(context));
    }

    public static async ValueTask<byte[]> ReadBodyAsync(HttpContext context)
    {
        if (context.Request.ContentLength == 0)
        {
            return [];
        }

        var reader = context.Request.BodyReader;
        while (true)
        {
            var result = await reader.ReadAsync(context.RequestAborted);
            if (result.IsCompleted)
            {
                var body = System.Buffers.BuffersExtensions.ToArray(result.Buffer);
                reader.AdvanceTo(result.Buffer.End);
                return body;
            }

            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }

    private static bool IsForm(string contentType) =>
        contentType.StartsWith(FormType, StringComparison.OrdinalIgnoreCase)
        && (contentType.Length == FormType.Length || contentType[FormType.Length] is ';' or ' ');

    private static string? Find(List<Parameter> parameters, string name)
    {
        foreach (var parameter in parameters)
        {
            if (parameter.Value.Length > 0 && string.Equals(parameter.Name, name, StringComparison.Ordinal))
            {
                return parameter.Value;
            }
        }

        return null;
    }
}
