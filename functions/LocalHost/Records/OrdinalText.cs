using System.Text;

namespace Cohesion.Workflows.LocalHost.Records;

/// <summary>
/// A text as bytes that sort as its UTF-16 code units do, which is Table Storage's order. UTF-8 sorts so too, but for one thing: what
/// UTF-16 writes as surrogates (first bytes F0 to F4) belongs before U+E000 to U+FFFF (first bytes EE and EF). These become F8 and F9,
/// which UTF-8 never uses.
/// </summary>
internal static class OrdinalText
{
    public static byte[] Bytes(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        bytes.AsSpan().Replace((byte)0xEE, (byte)0xF8);
        bytes.AsSpan().Replace((byte)0xEF, (byte)0xF9);
        return bytes;
    }

    public static string Text(byte[] bytes)
    {
        bytes.AsSpan().Replace((byte)0xF8, (byte)0xEE);
        bytes.AsSpan().Replace((byte)0xF9, (byte)0xEF);
        return Encoding.UTF8.GetString(bytes);
    }
}
