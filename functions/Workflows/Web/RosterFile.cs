using System.Text;
using Microsoft.AspNetCore.Http;

namespace Cohesion.Workflows.Web;

/// <summary>An uploaded list of people as text: UTF-8 with or without a byte order mark, UTF-16 with one, else as older Excels write it.</summary>
public static class RosterFile
{
    public const int LargestBytes = 1024 * 1024;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The file's text; "" where none was chosen, null where it is larger than <see cref="LargestBytes"/>.</summary>
    public static async Task<string?> Read(IFormFile? file, CancellationToken cancel)
    {
        if (file is null)
        {
            return "";
        }

        if (file.Length > LargestBytes)
        {
            return null;
        }

        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes, cancel);
        return Decode(bytes.ToArray());
    }

    public static string Decode(byte[] bytes) => bytes switch
    {
        [0xEF, 0xBB, 0xBF, .. var rest] => Encoding.UTF8.GetString(rest),
        [0xFF, 0xFE, .. var rest] => Encoding.Unicode.GetString(rest),
        [0xFE, 0xFF, .. var rest] => Encoding.BigEndianUnicode.GetString(rest),
        _ => DecodeUnmarked(bytes),
    };

    private static string DecodeUnmarked(byte[] bytes)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(bytes);
        }
    }
}
