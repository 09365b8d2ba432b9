using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using MimeKit;

namespace Cohesion.Workflows.LocalHost.Tests.Mailing;

/// <summary>A mail as a mail program reads it: RFC 5322 headers, RFC 2047 words, one level of MIME parts.</summary>
/// <param name="Headers">By name, unfolded and decoded.</param>
/// <param name="Parts">Of the multipart, in order.</param>
public sealed partial record ReadMail(ImmutableDictionary<string, string> Headers, ImmutableList<ReadPart> Parts)
{
    public string this[string header] => Headers[header];

    /// <param name="octets">The mail, each octet a character.</param>
    public static ReadMail Of(string octets)
    {
        var (headers, body) = Split(octets);
        var boundary = Boundary().Match(headers["Content-Type"]).Groups["it"].Value;
        var parts = body.Split("--" + boundary)[1..^1].Select(part => PartOf(part[2..^2]));
        var read = new ReadMail(headers, [.. parts]);
        read.AnotherReaderAgrees(octets);
        return read;
    }

    /// <summary>As MimeKit reads it.</summary>
    private void AnotherReaderAgrees(string octets)
    {
        using var stream = new MemoryStream(Encoding.Latin1.GetBytes(octets));
        var other = MimeMessage.Load(stream);
        other.Subject.ShouldBe(this["Subject"]);
        $"<{other.MessageId}>".ShouldBe(this["Message-ID"]);
        other.To.Mailboxes.Single().Address.ShouldContain("@");
        other.BodyParts.Cast<TextPart>().Select(part => part.Text.ReplaceLineEndings("\n").TrimEnd()).ShouldBe(Parts.Select(part => part.Text.ReplaceLineEndings("\n").TrimEnd()));
    }

    private static ReadPart PartOf(string octets)
    {
        var (headers, body) = Split(octets);
        headers["Content-Transfer-Encoding"].ShouldBe("quoted-printable");
        body.Split("\r\n").ShouldAllBe(line => line.Length <= 76);
        return new ReadPart(headers["Content-Type"], Encoding.UTF8.GetString(Unquote(body.Replace("=\r\n", "", StringComparison.Ordinal))));
    }

    private static (ImmutableDictionary<string, string> Headers, string Body) Split(string octets)
    {
        var end = octets.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var unfolded = octets[..end].Replace("\r\n ", " ", StringComparison.Ordinal).Replace("\r\n\t", " ", StringComparison.Ordinal);
        var headers = unfolded.Split("\r\n").Where(line => line.Length > 0).Select(line => line.Split(": ", 2));
        return (headers.ToImmutableDictionary(header => header[0], header => DecodeWords(header[1]), StringComparer.OrdinalIgnoreCase), octets[(end + 4)..]);
    }

    /// <summary>Each encoded word must hold whole characters (RFC 2047, 5), so each is decoded by itself.</summary>
    private static string DecodeWords(string value) =>
        Word().Replace(BetweenWords().Replace(value, "?==?"), word => Strict.GetString(word.Groups["how"].Value is "B" or "b"
            ? Convert.FromBase64String(word.Groups["what"].Value)
            : Unquote(word.Groups["what"].Value.Replace('_', ' '))));

    private static UTF8Encoding Strict { get; } = new(false, throwOnInvalidBytes: true);

    private static byte[] Unquote(string text)
    {
        var octets = Quoted().Replace(text, quoted => ((char)Convert.ToByte(quoted.Value[1..], 16)).ToString());
        return Encoding.Latin1.GetBytes(octets);
    }

    [GeneratedRegex("""boundary="?(?<it>[^";]+)""", RegexOptions.ExplicitCapture)]
    private static partial Regex Boundary();

    [GeneratedRegex(@"=\?utf-8\?(?<how>[BbQq])\?(?<what>[^?]*)\?=", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex Word();

    [GeneratedRegex(@"\?=\s+=\?")]
    private static partial Regex BetweenWords();

    [GeneratedRegex("=[0-9A-F]{2}")]
    private static partial Regex Quoted();
}

/// <param name="Type">Its Content-Type.</param>
/// <param name="Text">Decoded.</param>
public sealed record ReadPart(string Type, string Text);
