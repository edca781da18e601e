using System.Collections.Concurrent;
using IotCard.Client.Signing;

namespace IotCard.Client.Credentials;

/// <summary>
/// Holds a temporary credential and renews it before it expires, once for all callers. If a renewal fails, the old
/// credential stays in use while it is valid, and renewal is not retried at once. If the old one is no longer valid,
/// transient failures are retried a few times: one lost request must not end a run over a fleet.
/// </summary>
/// <remarks>
/// The official libraries renew 180 seconds to 15 minutes before expiration. This class renews when a quarter of the
/// lifetime that a credential had on arrival is left, within those bounds: a token of 15 minutes is renewed after 11,
/// one of an hour after 45 minutes, one of six hours 15 minutes before its end.
/// </remarks>
internal sealed class RenewingCredentialProvider : ICredentialProvider, IDisposable
{
    private static readonly TimeSpan MinimumLead = TimeSpan.FromSeconds(180);
    private static readonly TimeSpan MaximumLead = TimeSpan.FromMinutes(15);

    /// <summary>How long to wait after a failed renewal before asking the source again.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    /// <summary>The delays before each further attempt if no valid credential is left.</summary>
    private static readonly TimeSpan[] RetryDelays =
        [TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4)];

    private readonly ConcurrentQueue<Credential> _issued = new();
    private readonly ITemporaryCredentialSource _source;
    private readonly TimeProvider _clock;
    private readonly object _gate = new();
    private volatile Held? _held;
    private volatile Failure? _failure;
    private Renewal? _renewal;

    internal RenewingCredentialProvider(
        LocalizableMessage words, ITemporaryCredentialSource credentials, TimeProvider clock, Credential? initial = null)
    {
        Words = words;
        _source = credentials;
        _clock = clock;
        _held = initial is null ? null : Hold(initial);
    }

    public string Source => Words.ToString();

    internal LocalizableMessage Words { get; }

    /// <summary>The credential held now, without asking for one; null if none was fetched yet.</summary>
    internal Credential? Current => _held?.Credential;

    private Failure? RecentFailure => _failure is { } failure && _clock.GetUtcNow() < failure.Until ? failure : null;

    /// <summary>Clears the prepared keys of the credentials it has returned. It returns no usable one afterwards.</summary>
    public void Dispose()
    {
        _held?.Credential.ClearKeys();
        while (_issued.TryDequeue(out var credential))
        {
            credential.ClearKeys();
        }
    }

    public ValueTask<Credential> GetCredentialAsync(CancellationToken cancellationToken) =>
        _held is { } held && _clock.GetUtcNow() < held.RenewAt ? new(held.Credential) : new(RenewAheadAsync(cancellationToken));

    public async ValueTask<Credential?> RenewAsync(Credential expired, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(expired);

        if (_held is { } held && !Same(held.Credential, expired))
        {
            return held.Credential;
        }

        var renewed = await JoinRenewalAsync(expired, isRefused: true, cancellationToken).ConfigureAwait(false);
        return Same(renewed, expired) ? null : renewed;
    }

    private async Task<Credential> RenewAheadAsync(CancellationToken cancellationToken)
    {
        var old = _held;
        if (old?.HoldsAt(_clock.GetUtcNow()) == true && RecentFailure is not null)
        {
            return old.Credential;
        }

        try
        {
            return await JoinRenewalAsync(old?.Credential, isRefused: false, cancellationToken).ConfigureAwait(false);
        }
        catch (CredentialException) when (_held is { } held && held.HoldsAt(_clock.GetUtcNow()))
        {
            return held.Credential;
        }
    }

    /// <summary>Joins the renewal in progress, or starts one. If another credential has already replaced the old one, returns that.</summary>
    private async Task<Credential> JoinRenewalAsync(Credential? old, bool isRefused, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Renewal renewal;
        lock (_gate)
        {
            if (_held is { } held && !ReferenceEquals(held.Credential, old) && (old is null || !Same(held.Credential, old)))
            {
                return held.Credential;
            }

            // One failed attempt while the old credential was valid says nothing once it no longer is.
            if (RecentFailure is { } failure && (failure.IsFinal || (!isRefused && _held?.HoldsAt(_clock.GetUtcNow()) == true)))
            {
                throw failure.Error.Copy();
            }

            renewal = _renewal ??= new Renewal(this, isRefused);
            renewal.Join(isRefused);
        }

        try
        {
            return await renewal.Task.WaitAsync(Timeout.InfiniteTimeSpan, _clock, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            renewal.Leave();
        }
    }

    private async Task<Credential> FetchAsync(Renewal renewal, CancellationToken cancellationToken)
    {
        try
        {
            var fetched = await FetchWithRetriesAsync(renewal, cancellationToken).ConfigureAwait(false);
            _issued.Enqueue(fetched);
            var now = _clock.GetUtcNow();
            if (fetched.Expiration is { } end && end <= now)
            {
                throw new CredentialException(
                    CredentialErrorCode.CredentialExpired,
                    new LocalizableMessage("EndedAlready", $"{Words} gave a credential that expired at {end.UtcDateTime:u}; by this machine's clock it is {now.UtcDateTime:u}."));
            }

            Settle(renewal, Hold(fetched), failure: null);
            return fetched;
        }
        catch (CredentialException e)
        {
            Settle(renewal, held: null, new Failure(e, _clock.GetUtcNow() + Pause, isFinal: !e.IsTransient || IsRetried(renewal)));
            throw;
        }
        catch
        {
            Settle(renewal, held: null, failure: null);
            throw;
        }
    }

    private async Task<Credential> FetchWithRetriesAsync(Renewal renewal, CancellationToken cancellationToken)
    {
        for (var retry = 0; ; retry++)
        {
            try
            {
                return await _source.FetchAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (CredentialException e) when (e.IsTransient && retry < RetryDelays.Length && IsRetried(renewal))
            {
                await _clock.WaitAsync(RetryDelays[retry], cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>
    /// Whether a failed attempt is retried at once: only if there was a credential and it is no longer valid. The very
    /// first credential is requested once, because the chain has other sources.
    /// </summary>
    private bool IsRetried(Renewal renewal) =>
        _held is { } held && (renewal.IsOldRefused || !held.HoldsAt(_clock.GetUtcNow()));

    private void Settle(Renewal renewal, Held? held, Failure? failure)
    {
        lock (_gate)
        {
            _held = held ?? _held;
            _failure = failure;
            if (ReferenceEquals(_renewal, renewal))
            {
                _renewal = null;
            }
        }
    }

    private Held Hold(Credential credential)
    {
        if (credential.Expiration is not { } end)
        {
            return new Held(credential, DateTimeOffset.MaxValue);
        }

        var now = _clock.GetUtcNow();
        var left = end - now;
        var lead = Clamp(TimeSpan.FromTicks(left.Ticks / 4), MinimumLead, MaximumLead);

        // A credential that arrives within three minutes of its expiration is renewed halfway there, not at every call.
        return new Held(credential, left > lead ? end - lead : now + TimeSpan.FromTicks(left.Ticks / 2));
    }

    private static TimeSpan Clamp(TimeSpan value, TimeSpan least, TimeSpan most) =>
        value < least ? least : value > most ? most : value;

    private static bool Same(Credential one, Credential other) =>
        string.Equals(one.AccessKeyId, other.AccessKeyId, StringComparison.Ordinal)
        && string.Equals(one.AccessKeySecret, other.AccessKeySecret, StringComparison.Ordinal)
        && string.Equals(one.SecurityToken, other.SecurityToken, StringComparison.Ordinal);

    private sealed class Held(Credential credential, DateTimeOffset renewAt)
    {
        internal Credential Credential { get; } = credential;

        internal DateTimeOffset RenewAt { get; } = renewAt;

        internal bool HoldsAt(DateTimeOffset now) => Credential.Expiration is not { } end || now < end;
    }

    private sealed class Failure(CredentialException error, DateTimeOffset until, bool isFinal)
    {
        /// <summary>Whether an immediate retry is, or was, pointless.</summary>
        internal bool IsFinal { get; } = isFinal;

        internal CredentialException Error { get; } = error;

        internal DateTimeOffset Until { get; } = until;
    }

    /// <summary>One renewal and the callers that wait for it. It is canceled when the last of them gives up.</summary>
    [System.Diagnostics.CodeAnalysis.SuppressMessage(
        "Design", "CA1001:Types that own disposable fields should be disposable", Justification = "A source without a timer holds nothing.")]
    private sealed class Renewal
    {
        private readonly RenewingCredentialProvider _provider;
        private readonly CancellationTokenSource _abandoned = new();
        private volatile bool _isOldRefused;
        private int _waiting;

        internal Renewal(RenewingCredentialProvider provider, bool isOldRefused)
        {
            _isOldRefused = isOldRefused;
            _provider = provider;

            // Not on the caller's thread, which holds the lock.
            Task = System.Threading.Tasks.Task.Run(() => provider.FetchAsync(this, _abandoned.Token), CancellationToken.None);

            // Callers that gave up do not observe the result.
            _ = Task.ContinueWith(
                static t => _ = t.Exception,
                CancellationToken.None,
                TaskContinuationOptions.OnlyOnFaulted,
                TaskScheduler.Default);
        }

        internal Task<Credential> Task { get; }

        /// <summary>Whether the service has rejected the old credential, although by this machine's clock it may still be valid.</summary>
        internal bool IsOldRefused => _isOldRefused;

        /// <summary>Called with the lock held.</summary>
        internal void Join(bool isOldRefused)
        {
            _waiting++;
            _isOldRefused |= isOldRefused;
        }

        internal void Leave()
        {
            lock (_provider._gate)
            {
                if (--_waiting > 0 || Task.IsCompleted)
                {
                    return;
                }

                // A later caller starts a renewal of its own.
                if (ReferenceEquals(_provider._renewal, this))
                {
                    _provider._renewal = null;
                }
            }

            _abandoned.Cancel();
        }
    }
}
