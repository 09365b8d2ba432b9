using System.Security.Cryptography;

namespace Cohesion.Workflows.Keys;

/// <summary>AES-256-GCM (NIST SP 800-38D) in one piece: nonce, tag, ciphertext.</summary>
internal static class SecretBox
{
    private const int NonceSize = 12;
    private const int TagSize = 16;

    /// <summary>Bytes that a box has more than what is in it.</summary>
    public const int Overhead = NonceSize + TagSize;

    /// <param name="key">32 bytes. Nonces are random, so one key closes at most 2^32 boxes.</param>
    /// <param name="secret">What goes in.</param>
    /// <param name="context">What it belongs to: not in the box, but needed as it is to open it.</param>
    public static byte[] Close(ReadOnlySpan<byte> key, ReadOnlySpan<byte> secret, ReadOnlySpan<byte> context)
    {
        var box = new byte[Overhead + secret.Length];
        var nonce = box.AsSpan(0, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var aes = Cipher(key);
        aes.Encrypt(nonce, secret, box.AsSpan(Overhead), box.AsSpan(NonceSize, TagSize), context);
        return box;
    }

    /// <exception cref="CryptographicException">The box was changed, or closed with another key or context.</exception>
    public static byte[] Open(ReadOnlySpan<byte> key, ReadOnlySpan<byte> box, ReadOnlySpan<byte> context)
    {
        if (box.Length < Overhead)
        {
            throw new CryptographicException("The box is cut short.");
        }

        var secret = new byte[box.Length - Overhead];
        using var aes = Cipher(key);
        aes.Decrypt(box[..NonceSize], box[Overhead..], box.Slice(NonceSize, TagSize), secret, context);
        return secret;
    }

    // AesGcm itself also takes the shorter keys of AES-128 and AES-192.
    private static AesGcm Cipher(ReadOnlySpan<byte> key) => key.Length == DerivedKey.Size
        ? new AesGcm(key, TagSize)
        : throw new CryptographicException($"A key has {DerivedKey.Size} bytes, not {key.Length}.");
}
