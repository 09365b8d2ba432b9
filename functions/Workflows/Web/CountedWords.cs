using System.Globalization;

namespace Cohesion.Workflows.Web;

/// <summary>
/// Fills in the blanks of a text, and lets the text say which words go with a count: "{0} {0:has|have} a seat", the first of them
/// for one. So the choice stands with the words, where a translator finds it.
/// </summary>
internal sealed class CountedWords : IFormatProvider, ICustomFormatter
{
    public object? GetFormat(Type? formatType) =>
        formatType == typeof(ICustomFormatter) ? this : CultureInfo.InvariantCulture.GetFormat(formatType);

    public string Format(string? format, object? arg, IFormatProvider? formatProvider) => arg switch
    {
        int count when format?.Split('|') is [var forOne, var otherwise] => count == 1 ? forOne : otherwise,
        IFormattable value => value.ToString(format, CultureInfo.InvariantCulture),
        _ => arg?.ToString() ?? "",
    };
}
