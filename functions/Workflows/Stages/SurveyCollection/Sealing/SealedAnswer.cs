using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Cohesion.Workflows.Keys;

namespace Cohesion.Workflows.Stages.SurveyCollection.Sealing;

/// <summary>
/// A survey answer nobody can read without its round's key: AES-256-GCM under that key, as base64url. It is filled up to whole
/// blocks first, or its length would tell who wrote a comment and who did not.
/// </summary>
public static class SealedAnswer
{
    /// <summary>
    /// An answer with its three comments fits one, so nearly all sealed answers have one length: 5,499 characters. Five
    /// blocks, 20,479 bytes of an answer, fit a property of a record; the form allows less.
    /// </summary>
    private const int Block = 4096;

    // Stands between the answer and the zeros that fill it up (ISO/IEC 7816-4), so it is the last byte that is not zero.
    private const byte End = 0x80;

    /// <param name="key">The round's, 32 bytes.</param>
    /// <param name="answer">Any text; half a surrogate pair comes back as U+FFFD, as losing the answer over it would be worse.</param>
    /// <param name="round">The round's name: an answer opens in its own round only.</param>
    public static string Seal(ReadOnlySpan<byte> key, string answer, string round)
    {
        var size = Encoding.UTF8.GetByteCount(answer) + 1;
        var filled = new byte[(size + Block - 1) / Block * Block];
        filled[Encoding.UTF8.GetBytes(answer, filled)] = End;
        return Base64Url.EncodeToString(SecretBox.Close(key, filled, Encoding.UTF8.GetBytes(round)));
    }

    /// <exception cref="CryptographicException">It was changed, or sealed with another key or for another round.</exception>
    public static string Open(ReadOnlySpan<byte> key, string sealedAnswer, string round)
    {
        var filled = SecretBox.Open(key, Decode(sealedAnswer), Encoding.UTF8.GetBytes(round));
        return Encoding.UTF8.GetString(filled.AsSpan(0, filled.AsSpan().LastIndexOf(End)));
    }

    private static byte[] Decode(string text)
    {
        try
        {
            return Base64Url.DecodeFromChars(text);
        }
        catch (FormatException notBase64)
        {
            throw new CryptographicException("The sealed answer was changed.", notBase64);
        }
    }
}
