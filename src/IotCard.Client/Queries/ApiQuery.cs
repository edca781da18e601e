using IotCard.Client.Service;
using IotCard.Client.Signing;

namespace IotCard.Client.Queries;

/// <summary>A call that may be repeated any number of times, and how its response is read.</summary>
/// <typeparam name="T">The type of the result.</typeparam>
/// <param name="Request">The call.</param>
/// <param name="Format">How its response is read; the payload is a <typeparamref name="T"/>.</param>
internal sealed record ApiQuery<T>(ApiRequest Request, ResponseFormat Format);
