using Cohesion.Workflows.Cycles;
using Microsoft.Extensions.Caching.Memory;

namespace Cohesion.Workflows.Records;

/// <summary>
/// What texts in rows say: the same text says the same, and most were read before, by the last turn, page or mail. What is read cannot be
/// changed, so nothing can be out of date.
/// </summary>
internal static class ParsedOnce
{
    /// <summary>Of texts.</summary>
    private const int CharactersInMemory = 16 * 1024 * 1024;

    private static readonly MemoryCache Parsed = new(new MemoryCacheOptions { SizeLimit = CharactersInMemory });

    /// <exception cref="System.Text.Json.JsonException">The text is not of that shape.</exception>
    public static T Read<T>(string text)
        where T : class => (T)Parsed.GetOrCreate((typeof(T), text), entry =>
        {
            entry.Size = text.Length;
            return Json.Read<T>(text);
        })!;
}
