using System.Text.RegularExpressions;

namespace Cohesion.Workflows.Web;

/// <summary>What pages set apart in a sentence.</summary>
internal static partial class TextParts
{
    /// <summary>The address of a web page; what closes the sentence behind it is none of it.</summary>
    [GeneratedRegex(@"(?<link>https?://\S*[^\s.,;:!?)”""'])", RegexOptions.IgnoreCase)]
    public static partial Regex Link();

    /// <summary>"6:00 pm", "6:00 to 8:00 pm", "(UTC-7)", and what looks like a phone number: what stays on one line.</summary>
    [GeneratedRegex(@"(?<whole>\d+:\d\d(?: [ap]m)?(?: to \d+:\d\d)? [ap]m|\(UTC[^)]*\)|\+?\(?\d[\d()./ -]{7,18}\d)")]
    public static partial Regex Whole();

    /// <summary>Before "@", and before a "." behind it.</summary>
    [GeneratedRegex(@"(?=@)|(?<=@.+)(?=\.)")]
    public static partial Regex Domain();
}
