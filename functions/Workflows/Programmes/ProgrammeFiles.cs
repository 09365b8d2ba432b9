using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Cohesion.Workflows.Cycles;

namespace Cohesion.Workflows.Programmes;

/// <summary>The programmes of a folder, each a JSON file of the shape that programme.schema.json tells.</summary>
public sealed class ProgrammeFiles
{
    private readonly Dictionary<string, Programme> _programmes;

    private ProgrammeFiles(Dictionary<string, Programme> programmes) => _programmes = programmes;

    /// <summary>How a programme is written: the cycle's own JSON, and it may name its schema.</summary>
    public static JsonSerializerOptions Options { get; } = new(Json.Options)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { AllowSchema } },
    };

    /// <summary>In the order of their names.</summary>
    public IEnumerable<Programme> All => _programmes.Values.OrderBy(programme => programme.Name, StringComparer.Ordinal);

    public Programme? Find(string id) => _programmes.GetValueOrDefault(id);

    /// <exception cref="ProgrammeException">A file is not a programme: which, where in it, and why.</exception>
    public static ProgrammeFiles Load(string folder)
    {
        var files = Directory.GetFiles(folder, "*.json").Where(file => !file.EndsWith(".schema.json", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
        var programmes = new Dictionary<string, Programme>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            var programme = Read(file, File.ReadAllText(file));
            if (!programmes.TryAdd(programme.Id, programme))
            {
                throw new ProgrammeException(file, "$.id", $"'{programme.Id}' is the id of another file too.");
            }
        }

        return new ProgrammeFiles(programmes);
    }

    /// <exception cref="ProgrammeException">The text is not a programme.</exception>
    public static Programme Read(string file, string text)
    {
        try
        {
            var programme = JsonSerializer.Deserialize<Programme>(text, Options)
                ?? throw new JsonException("A programme is a JSON object.");
            foreach (var (path, reason) in ProgrammeRules.Broken(programme))
            {
                throw new ProgrammeException(file, path, reason);
            }

            return programme;
        }
        catch (JsonException wrong)
        {
            throw new ProgrammeException(file, wrong.Path ?? "$", $"{Reason(wrong.Message)} (line {wrong.LineNumber + 1 ?? 1})");
        }
    }

    /// <summary>What System.Text.Json says of types, said of the file.</summary>
    private static string Reason(string message) =>
        message.Split("missing required properties including: ") is [_, var missing] ? $"Add what is missing: {missing}"
        : Says(message, "could not be mapped") ? "There is no such field; programme.schema.json lists those there are."
        : Says(message, "could not be converted") ? "This value does not fit here; programme.schema.json tells which do."
        : Says(message, "doesn't allow null") ? "This value does not fit here; programme.schema.json tells which do."
        : Says(message, "Duplicate property") ? "This field stands here twice; keep one."
        : message.Split(" Path: ")[0];

    private static bool Says(string message, string words) => message.Contains(words, StringComparison.Ordinal);

    private static void AllowSchema(JsonTypeInfo type)
    {
        if (type.Type == typeof(Programme))
        {
            var schema = type.CreateJsonPropertyInfo(typeof(string), "$schema");
            schema.Set = (_, _) => { };
            type.Properties.Add(schema);
        }
    }
}

/// <summary>A programme file cannot be used.</summary>
public sealed class ProgrammeException(string file, string path, string reason) : Exception($"{file}, {path}: {reason}")
{
    public string Path { get; } = path;
}
