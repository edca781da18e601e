namespace IotCard.Client.Signing;

/// <summary>
/// <c>ACS3-HMAC-SHA256</c>, as described by the vendor's "V3 request structure and signature" page and fixed by its
/// published vector. The action's parameters are in the query and the body is empty, as in the newest official clients
/// of this product.
/// </summary>
internal static class Acs3HmacSha256
{
    private const string Name = "ACS3-HMAC-SHA256";
    private const string EmptyBodySha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private const string Names = "host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version";

    private const string NamesWithToken =
        "host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-security-token;x-acs-signature-nonce;x-acs-version";

    internal static SignedRequest Sign(ApiRequest call, Credential credential, string nonce, DateTimeOffset timestamp)
    {
        var time = RequestSigner.Format(timestamp);
        var names = credential.IsTemporary ? NamesWithToken : Names;

        // One buffer for everything: the canonical request, the string to sign, and the texts to send.
        using var bytes = new ByteWriter();
        var query = WriteCanonicalRequest(bytes, call, credential.SecurityToken, nonce, time);
        Span<byte> hash = stackalloc byte[Digest.Sha256Length];
        Digest.Sha256(bytes.Written, hash);

        var start = bytes.Length;
        bytes.Write(Name).Write((byte)'\n').WriteHex(hash);
        credential.HmacSha256.Authenticate(bytes.Written[start..], hash);

        return new SignedRequest(
            call,
            ServiceUri.Create(WriteUri(bytes, call.Action, query)),
            Headers(call.Action, credential.SecurityToken, nonce, time, WriteAuthorization(bytes, credential, names, hash)),
            body: [],
            contentType: null,
            nonce,
            timestamp,
            credential.Redactor);
    }

    /// <summary>
    /// Writes the canonical request, whose SHA-256 is signed. It includes the host, which the transport sends; all its
    /// other headers are those that are sent, sorted ordinally.
    /// </summary>
    /// <returns>The position of the query in the bytes.</returns>
    internal static (int Start, int Length) WriteCanonicalRequest(ByteWriter to, ApiRequest call, string? securityToken, string nonce, string time)
    {
        to.Write("POST\n/\n"u8);
        var start = to.Length;
        RequestSigner.WriteCanonical(to, call.Parameters);
        var length = to.Length - start;
        to.Write("\nhost:"u8).Write(call.Action.Host)
            .Write("\nx-acs-action:"u8).Write(call.Action.Name)
            .Write("\nx-acs-content-sha256:"u8).Write(EmptyBodySha256)
            .Write("\nx-acs-date:"u8).Write(time);
        if (securityToken is not null)
        {
            to.Write("\nx-acs-security-token:"u8).Write(securityToken);
        }

        to.Write("\nx-acs-signature-nonce:"u8).Write(nonce)
            .Write("\nx-acs-version:"u8).Write(call.Action.Version)
            .Write("\n\n"u8).Write(securityToken is null ? Names : NamesWithToken)
            .Write((byte)'\n').Write(EmptyBodySha256);
        return (start, length);
    }

    private static NamedValue[] Headers(
        ApiAction action, string? securityToken, string nonce, string time, string authorization)
    {
        NamedValue[] token = securityToken is null ? [] : [new("x-acs-security-token", securityToken)];
        return
        [
            new("x-acs-action", action.Name),
            new("x-acs-content-sha256", EmptyBodySha256),
            new("x-acs-date", time),
            .. token,
            new("x-acs-signature-nonce", nonce),
            new("x-acs-version", action.Version),
            new("Authorization", authorization),
        ];
    }

    private static string WriteAuthorization(ByteWriter to, Credential credential, string names, ReadOnlySpan<byte> signature)
    {
        var start = to.Length;
        to.Write(Name).Write(" Credential="u8).Write(credential.AccessKeyId)
            .Write(",SignedHeaders="u8).Write(names)
            .Write(",Signature="u8).WriteHex(signature);
        return to.ToText(start);
    }

    private static string WriteUri(ByteWriter to, ApiAction action, (int Start, int Length) query)
    {
        var start = to.Length;
        to.Write(action.Root);
        if (query.Length > 0)
        {
            to.Write((byte)'?').WriteAgain(query.Start, query.Length);
        }

        return to.ToText(start);
    }
}
