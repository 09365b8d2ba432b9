using System.Text.RegularExpressions;
using System.Xml.Linq;
using Cohesion.Workflows.Testing;
using NodaTime;

namespace Cohesion.Workflows.Tests;

/// <summary>Who may know whom, read from the project files and the sources.</summary>
public sealed partial class ArchitectureTests
{
    private const string Product = "functions/Workflows";

    private static readonly Dictionary<string, string[]> MayReference = new(StringComparer.Ordinal)
    {
        ["Workflows"] = [],
        ["Graph"] = ["Workflows"],
        ["LocalHost"] = ["Workflows", "Graph"],
        ["AzureHost"] = ["Workflows", "Graph"],
    };

    // Where decisions are made: the plans, the model and the page.
    private static readonly IReadOnlyList<string> Deciding =
    [
        $"{Product}/CommunityCycle.cs",
        .. Repository.Files($"{Product}/Cycles", "*.cs"),
        .. Repository.Files($"{Product}/Planning", "*.cs"),
        .. Repository.Files($"{Product}/Stages", "*Plan.cs"),
    ];

    [Fact]
    public void Each_project_references_only_those_it_may()
    {
        foreach (var project in Repository.Files("functions", "*.csproj"))
        {
            var name = project.Split('/')[1];
            Included(project, "ProjectReference").Select(reference => reference.Split('/')[^2])
                .ShouldBeSubsetOf(MayReference[name], project);
        }
    }

    [Fact]
    public void The_product_knows_no_cloud_and_no_store()
    {
        var project = Included($"{Product}/Cohesion.Workflows.csproj", "PackageReference");
        var built = typeof(CommunityCycle).Assembly.GetReferencedAssemblies().Select(assembly => assembly.Name!);
        project.Concat(built).Where(name => CloudOrStore().IsMatch(name)).ShouldBeEmpty();
    }

    [Fact]
    public void No_stage_uses_another()
    {
        var stages = Directory.GetDirectories(Repository.PathOf($"{Product}/Stages")).Select(folder => Path.GetFileName(folder)).ToList();
        foreach (var file in Sources($"{Product}/Stages").Where(file => stages.Contains(file.Split('/')[3])))
        {
            NamedStages().Matches(Code(file)).Select(stage => stage.Groups[1].Value).Where(stages.Contains)
                .ShouldBeSubsetOf([file.Split('/')[3]], file);
        }
    }

    [Fact]
    public void The_model_uses_no_page_no_host_no_store_and_no_stage()
    {
        foreach (var file in Deciding.Where(file => file.Contains("/Cycles/", StringComparison.Ordinal) || file.Contains("/Planning/", StringComparison.Ordinal)))
        {
            Usings().Matches(Code(file)).Select(used => used.Groups["used"].Value).Where(used => !MayBeUsedByTheModel().IsMatch(used)).ShouldBeEmpty(file);
            OtherParts().Matches(Code(file)).Select(part => part.Value).ShouldBeEmpty(file);
        }
    }

    [Fact]
    public void What_decides_cannot_use_a_clock_or_io()
    {
        var sections = Repository.Lines(".editorconfig").Aggregate(new List<string> { "" }, (list, line) =>
        {
            list.Add(line.StartsWith('[') ? line : list[^1]);
            return list;
        }).Skip(1).Zip(Repository.Lines(".editorconfig"), (section, line) => (Section: section, Line: line));
        var last = sections.Last(line => line.Line.StartsWith("dotnet_diagnostic.RS0030", StringComparison.Ordinal));
        last.Line.ShouldBe("dotnet_diagnostic.RS0030.severity = error");
        Deciding.Where(file => !Glob(last.Section).IsMatch(file)).ShouldBeEmpty("They are outside of .editorconfig's last section.");
        Repository.Files("functions", ".editorconfig").Concat(Repository.Files("functions", "*.globalconfig")).ShouldBeEmpty("It could lift the ban.");
    }

    [Fact]
    public void No_plan_lifts_the_ban()
    {
        Deciding.Where(file => Lifting().IsMatch(Code(file))).ShouldBeEmpty();
        Repository.Files("functions", "*.csproj").Concat(["Directory.Build.props"])
            .Where(file => File.ReadAllText(Repository.PathOf(file)).Contains("RS0030", StringComparison.Ordinal)).ShouldBeEmpty();
        Included($"{Product}/Cohesion.Workflows.csproj", "AdditionalFiles").ShouldContain("BannedSymbols.txt");
    }

    [Theory]
    [InlineData("T:System.DateTime;")]
    [InlineData("T:System.DateTimeOffset;")]
    [InlineData("T:System.TimeProvider;")]
    [InlineData("T:System.TimeZoneInfo;")]
    [InlineData("T:NodaTime.SystemClock;")]
    [InlineData("T:NodaTime.IClock;")]
    [InlineData("T:System.Guid;")]
    [InlineData("T:System.Random;")]
    [InlineData("T:System.Threading.Tasks.Task;")]
    [InlineData("N:System.IO;")]
    [InlineData("N:System.Net;")]
    [InlineData("T:System.Environment;")]
    public void The_ban_names(string symbol) =>
        Repository.Lines($"{Product}/BannedSymbols.txt").ShouldContain(line => line.StartsWith(symbol, StringComparison.Ordinal));

    /// <summary>Older time zone data has British Columbia change its clocks; a session would be an hour off.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void Vancouver_is_seven_hours_behind_all_year(int month) =>
        DateTimeZoneProviders.Tzdb[PlanDriver.Vancouver].GetUtcOffset(Instant.FromUtc(2027, month, 15, 12, 0)).ShouldBe(Offset.FromHours(-7));

    private static IReadOnlyList<string> Included(string project, string item) =>
    [
        .. XDocument.Load(Repository.PathOf(project)).Descendants(item)
            .Select(element => element.Attribute("Include")?.Value.Replace('\\', '/'))
            .OfType<string>(),
    ];

    private static IEnumerable<string> Sources(string folder) => Repository.Files(folder, "*.cs").Concat(Repository.Files(folder, "*.razor"));

    /// <summary>A file without its comments.</summary>
    private static string Code(string file) => Comment().Replace(File.ReadAllText(Repository.PathOf(file)), "");

    /// <summary>A section's files, as .editorconfig writes them: * within a folder, ** through folders, {one,or another}.</summary>
    private static Regex Glob(string section)
    {
        var pattern = Regex.Escape(section[1..^1]).Replace(@"\*\*", ".*", StringComparison.Ordinal).Replace(@"\*", "[^/]*", StringComparison.Ordinal);
        return new Regex($"^{pattern.Replace(@"\{", "(", StringComparison.Ordinal).Replace('}', ')').Replace(',', '|')}$");
    }

    [GeneratedRegex(
        @"^(Azure\.|Microsoft\.(Azure|Graph|DurableTask|Data\.|EntityFrameworkCore)|SQLite|.*Sqlite)",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex CloudOrStore();

    [GeneratedRegex(@"\bStages\.(\w+)")]
    private static partial Regex NamedStages();

    [GeneratedRegex(@"^using (static )?(\w+ = )?(?<used>[\w.]+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Usings();

    [GeneratedRegex(
        @"^(System(\.Collections\.(Concurrent|Immutable)|\.Diagnostics\.CodeAnalysis|\.Globalization|\.Text\.Json.*)?"
        + @"|NodaTime(\.Text)?|Cohesion\.Workflows\.(Cycles|Planning))$",
        RegexOptions.ExplicitCapture)]
    private static partial Regex MayBeUsedByTheModel();

    [GeneratedRegex(
        @"\bWorkflows\.(Records|Post|Web|Walking|Coordinators|Partners|Calendars|Keys|Stages|LocalHost|AzureHost|Graph)\b",
        RegexOptions.ExplicitCapture)]
    private static partial Regex OtherParts();

    [GeneratedRegex("#pragma warning disable|SuppressMessage|#nullable disable")]
    private static partial Regex Lifting();

    [GeneratedRegex(@"//.*$", RegexOptions.Multiline)]
    private static partial Regex Comment();
}
