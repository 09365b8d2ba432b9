using System.Text.Json;
using System.Text.Json.Nodes;
using Cohesion.Workflows.Cycles;

namespace Cohesion.Workflows.Programmes;

/// <summary>The programmes of a folder, each a JSON file of the shape that programme.schema.json tells.</summary>
public sealed class ProgrammeFiles
{
    private readonly Dictionary<string, Programme> _programmes;

    private ProgrammeFiles(Dictionary<string, Programme> programmes) => _programmes = programmes;

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
            var json = JsonNode.Parse(text, documentOptions: new() { AllowDuplicateProperties = false })!.AsObject();
            json.Remove("$schema");
            var programme = json.Deserialize<Programme>(Json.Options)!;
            foreach (var (path, reason) in ProgrammeRules.Broken(programme))
            {
                throw new ProgrammeException(file, path, reason);
            }

            return programme;
        }
        catch (JsonException wrong)
        {
            throw new ProgrammeException(file, wrong.Path ?? "$", wrong.Message);
        }
        catch (InvalidOperationException)
        {
            throw new ProgrammeException(file, "$", "A programme is a JSON object.");
        }
    }
}

/// <summary>A programme file cannot be used.</summary>
public sealed class ProgrammeException(string file, string path, string reason) : Exception($"{file}, {path}: {reason}")
{
    public string Path { get; } = path;
}
