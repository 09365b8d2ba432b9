using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Cohesion.Workflows.Keys;
using NodaTime;

namespace Cohesion.Workflows.Web;

/// <summary>What became of a token that somebody brought.</summary>
public abstract record LinkCheck
{
    /// <summary>Ours, and in time. Whether its generation still stands is for the caller to see on the person's record.</summary>
    public sealed record Valid(LinkGrant Grant) : LinkCheck;

    /// <summary>Ours, but too late: the page can say so, and offer a new one.</summary>
    public sealed record Expired(LinkGrant Grant) : LinkCheck;

    /// <summary>Not ours, or not whole.</summary>
    public sealed record Invalid : LinkCheck;
}

/// <summary>
/// Makes and checks the tokens in personal links: base64url(grant).base64url(HMAC-SHA256), about 160 characters, nothing
/// secret in them but the right to act.
/// </summary>
public sealed class SignedLinks
{
    // Four id texts of 64 characters, two numbers and the signature come to less.
    private const int LongestToken = 512;

    // The 32 bytes of the signature in base64url.
    private const int SignatureLength = 43;

    // Signed with every token, so a later form of the grant can never be read as this one.
    private const string Version = "1.";

    private readonly byte[] _linksKey;

    /// <param name="key">The host's secret, 32 bytes or more; what signs is a key derived from it, so it can serve others too.</param>
    /// <exception cref="ArgumentException">The key is shorter.</exception>
    public SignedLinks(byte[] key) => _linksKey = DerivedKey.Of(key, "links");

    /// <returns>A token of [A-Za-z0-9_.-].</returns>
    /// <exception cref="FormatException">A part of the grant is no id text.</exception>
    public string Sign(LinkGrant grant)
    {
        var payload = Base64Url.EncodeToString(Encoding.ASCII.GetBytes(grant.ToText()));
        return $"{payload}.{Signature(payload)}";
    }

    /// <summary>Never throws, whatever the token is.</summary>
    public LinkCheck Check(string? token, Instant now) => Open(token) switch
    {
        null => new LinkCheck.Invalid(),
        var grant when grant.Expires <= now => new LinkCheck.Expired(grant),
        var grant => new LinkCheck.Valid(grant),
    };

    private LinkGrant? Open(string? token)
    {
        if (token is not { Length: > SignatureLength + 1 and <= LongestToken } || token[^(SignatureLength + 1)] != '.')
        {
            return null;
        }

        var payload = token[..^(SignatureLength + 1)];
        return IsSigned(payload, token[^SignatureLength..])
            ? LinkGrant.TryParse(Encoding.ASCII.GetString(Base64Url.DecodeFromChars(payload)))
            : null;
    }

    // The texts are compared, not the bytes: several texts decode to the same bytes. In constant time, so that the time
    // taken says nothing of how much of a guess was right.
    private bool IsSigned(string payload, string signature) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(signature), Encoding.ASCII.GetBytes(Signature(payload)));

    private string Signature(string payload) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(_linksKey, Encoding.UTF8.GetBytes(Version + payload)));
}
