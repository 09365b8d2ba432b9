using System.Text.RegularExpressions;

namespace Cohesion.Workflows.Web;

/// <summary>What pages set apart in a sentence.</summary>
internal static partial class TextParts
{
    /// <summary>The address of a web page; what closes the sentence behind it is none of it.</summary>
    [GeneratedRegex(@"(?<link>https?://\S*[^\s.,;:!?)”""'])", RegexOptions.IgnoreCase)]
    public static partial Regex Link();

    /// <summary>"6:00 pm" and "(UTC-7)".</summary>
    [GeneratedRegex(@"(?<hour>\d+:\d\d [ap]m|\(UTC[^)]*\))")]
    public static partial Regex Hour();
}
