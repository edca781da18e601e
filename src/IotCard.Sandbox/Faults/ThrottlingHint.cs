namespace IotCard.Sandbox.Faults;

/// <summary>How a throttled client learns when to retry.</summary>
public enum ThrottlingHint
{
    /// <summary><c>x-acs-retry-after</c>, in milliseconds.</summary>
    RetryAfter,

    /// <summary>The older <c>x-ratelimit-user-api</c>, with <c>TimeLeft</c> in milliseconds.</summary>
    RateLimitUserApi,

    /// <summary>The older <c>x-ratelimit-user</c>, with <c>TimeLeft</c> in milliseconds.</summary>
    RateLimitUser,

    /// <summary>Not at all.</summary>
    None,
}
