using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.RegularExpressions;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Programmes;
using Cohesion.Workflows.Testing;
using NodaTime;

namespace Cohesion.Workflows.Tests.Programmes;

/// <summary>The JSON schema of a programme file, made from the types; descriptions are the types' own documentation.</summary>
internal static partial class ProgrammeSchema
{
    private static readonly JsonSerializerOptions Written = new(ProgrammeFiles.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    public static string Text()
    {
        var schema = Written.GetJsonSchemaAsNode(typeof(Programme), new JsonSchemaExporterOptions
        {
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = Describe,
        }).AsObject();
        schema.Insert(0, "title", "A programme of Cohesion Workflows");
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        return schema.ToJsonString(Written).ReplaceLineEndings("\n") + "\n";
    }

    private static JsonNode Describe(JsonSchemaExporterContext context, JsonNode node)
    {
        var schema = context.TypeInfo.Type == typeof(LocalTime) ? new JsonObject { ["type"] = "string", ["pattern"] = "^([01][0-9]|2[0-3]):[0-5][0-9]$" } : node;
        if (schema is JsonObject described && context.PropertyInfo is { } property && DescriptionOf(property.DeclaringType, property.Name) is { } text)
        {
            described.Insert(0, "description", text);
        }

        return schema;
    }

    /// <summary>From the "param" line above the record: documentation is written once.</summary>
    private static string? DescriptionOf(Type type, string property)
    {
        var source = string.Join('\n', Repository.Files("functions/Workflows/Cycles", "*.cs").Select(file => File.ReadAllText(Repository.PathOf(file))));
        var record = Regex.Match(source, $@"((?:^ *///.*\n)+)public sealed record {type.Name}\(", RegexOptions.Multiline);
        return Parameter().Matches(record.Groups[1].Value)
            .Where(parameter => string.Equals(parameter.Groups[1].Value, property, StringComparison.OrdinalIgnoreCase))
            .Select(parameter => parameter.Groups[2].Value)
            .SingleOrDefault();
    }

    [GeneratedRegex("""<param name="(\w+)">(.*?)</param>""")]
    private static partial Regex Parameter();
}
