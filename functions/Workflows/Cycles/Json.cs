using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Text;

namespace Cohesion.Workflows.Cycles;

/// <summary>
/// How facts, policies and letters are written down: camelCase, NodaTime's ISO texts. A doubled property is refused; one that is not
/// known, or cased differently, is left alone, so that an older version reads what a newer one wrote.
/// </summary>
public static class Json
{
    public static JsonSerializerOptions Options { get; } = Build();

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    /// <exception cref="JsonException">The text is not of that shape; the exception's path tells where.</exception>
    public static T Read<T>(string text) => JsonSerializer.Deserialize<T>(text, Options) ?? throw new JsonException("Null.");

    private static JsonSerializerOptions Build()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            AllowDuplicateProperties = false,
            NumberHandling = JsonNumberHandling.Strict,
            PropertyNameCaseInsensitive = false,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
        };
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower));
        var example = new LocalDateTime(2027, 3, 1, 17, 0);
        options.Converters.Add(new PatternConverter<Instant>(InstantPattern.ExtendedIso, example.InUtc().ToInstant()));
        options.Converters.Add(new PatternConverter<LocalDate>(LocalDatePattern.Iso, example.Date));
        options.Converters.Add(new PatternConverter<LocalTime>(LocalTimePattern.CreateWithInvariantCulture("HH':'mm"), example.TimeOfDay));
        options.Converters.Add(new PatternConverter<LocalDateTime>(LocalDateTimePattern.ExtendedIso, example));
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    private sealed class PatternConverter<T>(IPattern<T> pattern, T example) : JsonConverter<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var text = reader.GetString() ?? "";
            var parsed = pattern.Parse(text);
            return parsed.Success ? parsed.Value : throw new JsonException($"Write '{text}' like {pattern.Format(example)}.");
        }

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WriteStringValue(pattern.Format(value));
    }
}
