using System.Security.Cryptography;
using System.Text;

namespace Cohesion.Workflows.Keys;

/// <summary>A key of its own for every use of one secret (HKDF-SHA256, RFC 5869), so that none opens what another closed.</summary>
internal static class DerivedKey
{
    /// <summary>Bytes in every key of ours: what AES-256 takes, and as many as HMAC-SHA256 gives.</summary>
    public const int Size = 32;

    /// <param name="secret">At least <see cref="Size"/> bytes nobody can guess.</param>
    /// <param name="use">What the key is for; never reused, never changed.</param>
    /// <exception cref="ArgumentException">The secret is too short.</exception>
    public static byte[] Of(byte[] secret, string use) => secret.Length >= Size
        ? HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, Size, info: Encoding.ASCII.GetBytes(use))
        : throw new ArgumentException($"A key has at least {Size} bytes, not {secret.Length}.", nameof(secret));
}
