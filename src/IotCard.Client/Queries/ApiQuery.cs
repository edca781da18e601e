using IotCard.Client.Service;
using IotCard.Client.Signing;

namespace IotCard.Client.Queries;

/// <summary>A call that may be repeated as often as it takes, and how its response is read.</summary>
/// <typeparam name="T">What it asks for.</typeparam>
/// <param name="Request">The call.</param>
/// <param name="Format">How its response is read; a <typeparamref name="T"/> becomes the response's payload.</param>
internal sealed record ApiQuery<T>(ApiRequest Request, ResponseFormat Format);
