using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Cohesion.Workflows.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace Cohesion.Workflows.AzureHost.Tests;

/// <summary>infra, azure.yaml and the code hold to each other, read from the template that Bicep compiles.</summary>
public sealed partial class InfraTests
{
    /// <summary>Beside the settings that the code reads: the runtime's and the libraries' own.</summary>
    private static readonly string[] Others =
    [
        "AzureWebJobsStorage__accountName", "AzureWebJobsStorage__credential", "AzureWebJobsStorage__clientId", "AzureWebJobsDisableHomepage",
        "APPLICATIONINSIGHTS_AUTHENTICATION_STRING", "AZURE_CLIENT_ID", AzureTelemetry.ConnectionString,
    ];

    /// <summary>What the code reads and an installation can do without.</summary>
    private static readonly string[] LeftOut = ["Cohesion__Secret", "Cohesion__ApiKey"];

    /// <summary>What the host's identity may do, and which part of the code does it.</summary>
    private static readonly Dictionary<string, string> Roles = new(StringComparer.Ordinal)
    {
        ["b7e6dc6d-f1e8-4753-8033-0f276bb0955b"] = "blobs: the runtime's leases, the package",
        ["974c5e8b-45b9-4653-ba55-5f855dd0fb88"] = "queues: the task hub",
        ["0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3"] = "tables: TableRecordStore, the task hub",
        ["b86a8fe4-44ce-4948-aee5-eccb2c155cd7"] = "secrets: KeyVaultRoundKeys sets, reads, deletes, purges",
        ["09976791-48a7-449e-bb21-39d1a415f350"] = "mail: AcsMailSender",
        ["3913510d-42f4-4e42-8a64-420c390055eb"] = "measures: AzureTelemetry",
        ["0ad04412-c4d5-4796-b79c-f76d14c8d402"] = "orchestrations, where a scheduler holds them",
    };

    private static readonly Lazy<string> Compiled = new(Compile);

    [Fact]
    public void Bicep_has_nothing_to_complain_of() => JsonDocument.Parse(Template()).RootElement.GetProperty("resources").EnumerateObject().ShouldNotBeEmpty();

    [Fact]
    public void Every_setting_that_the_code_reads_is_set_or_can_be_left_out_and_nothing_else_is_set() =>
        Set().ShouldBe(Read().Except(LeftOut).Concat(Others), ignoreOrder: true);

    [Fact]
    public void No_setting_holds_a_key_and_no_key_opens_the_storage()
    {
        var template = Template();
        template.ShouldContain("\"allowSharedKeyAccess\": false");
        template.ShouldNotMatch("listKeys|AccountKey|SharedAccessSignature|\"secure[sS]tring\"");
    }

    [Fact]
    public void The_hosts_identity_has_the_roles_that_the_code_needs_and_no_other() =>
        Guid().Matches(Template()).Select(match => match.Value).Where(id => id != "00000000-0000-0000-0000-000000000000").Distinct().ShouldBe(Roles.Keys, ignoreOrder: true);

    /// <summary>Its settings go before host.json; the name of the hub is in both.</summary>
    [Fact]
    public void A_scheduler_holds_the_hub_of_host_json_where_it_is_asked_for()
    {
        var host = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("host.json"))).RootElement;
        var hub = host.GetProperty("extensions").GetProperty("durableTask").GetProperty("hubName").GetString();
        Template().ShouldContain($"parameters('name'), '{hub}')");
        Template().ShouldContain("AzureFunctionsJobHost__extensions__durableTask__storageProvider__type");
        JsonDocument.Parse(Template()).RootElement.GetProperty("parameters").GetProperty("durableScheduler").GetProperty("defaultValue").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public void Azd_finds_the_app_by_the_name_of_its_service()
    {
        var azure = File.ReadAllText(Repository.PathOf("azure.yaml"));
        var service = Service().Match(azure).Groups["name"].Value;
        Template().ShouldContain($"'azd-service-name', '{service}'");
        Directory.Exists(Repository.PathOf(Project().Match(azure).Groups["path"].Value)).ShouldBeTrue();
        File.Exists(Repository.PathOf(Path.Combine(InfraPath().Match(azure).Groups["path"].Value, "main.bicep"))).ShouldBeTrue();
    }

    [Fact]
    public void Every_parameter_is_given_or_has_a_default_and_none_is_given_that_is_not_there()
    {
        var given = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("infra/main.parameters.json"))).RootElement.GetProperty("parameters")
            .EnumerateObject().Select(parameter => parameter.Name).ToList();
        var wanted = JsonDocument.Parse(Template()).RootElement.GetProperty("parameters").EnumerateObject().ToList();
        given.Except(wanted.Select(parameter => parameter.Name)).ShouldBeEmpty();
        wanted.Where(parameter => !parameter.Value.TryGetProperty("defaultValue", out _)).Select(parameter => parameter.Name).Except(given).ShouldBeEmpty();
    }

    [Fact]
    public void Alerts_look_at_what_the_product_measures() =>
        Measures().Matches(Template()).Select(match => match.Groups["name"].Value).Distinct()
            .ShouldBe(["cohesion.cycles.parked", "cohesion.post.age", "cohesion.post.bounced", "cohesion.turns.failed"], ignoreOrder: true);

    [Fact]
    public void Every_measure_has_the_name_that_it_is_looked_for_by()
    {
        var measures = typeof(Telemetry.Vitals).GetProperties(BindingFlags.Public | BindingFlags.Static).Select(property => property.GetValue(null))
            .OfType<System.Diagnostics.Metrics.Instrument>().Select(instrument => instrument.Name).ToList();
        Measures().Matches(Template()).Select(match => match.Groups["name"].Value).Except(measures).ShouldBeEmpty();
    }

    /// <summary>The guide tells all that azd can be told.</summary>
    [Fact]
    public void The_guide_names_every_variable()
    {
        var guide = File.ReadAllText(Repository.PathOf("docs/guide/azure.md"));
        var variables = Variable().Matches(File.ReadAllText(Repository.PathOf("infra/main.parameters.json"))).Select(match => match.Groups["name"].Value);
        variables.Where(variable => variable != "AZURE_ENV_NAME" && !guide.Contains($"`{variable}`", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    private static string Template()
    {
        Assert.SkipUnless(Bicep is { Length: > 0 }, "Bicep's command line is had here for Linux on x64 only.");
        return Compiled.Value;
    }

    private static string? Bicep => typeof(InfraTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().SingleOrDefault(one => one.Key == "Bicep")?.Value;

    private static string Compile()
    {
        using var bicep = Process.Start(new ProcessStartInfo(Bicep!)
        {
            ArgumentList = { "build", Repository.PathOf("infra/main.bicep"), "--stdout" },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        var complaints = bicep.StandardError.ReadToEndAsync();
        var template = bicep.StandardOutput.ReadToEnd();
        bicep.WaitForExit();
        complaints.Result.ShouldBeEmpty();
        return template;
    }

    private static IReadOnlyList<string> Set() => [.. Setting().Matches(AppSettings()).Select(match => match.Groups["name"].Value)];

    private static string AppSettings()
    {
        var template = Template();
        var start = template.IndexOf("AzureWebJobsStorage__accountName", StringComparison.Ordinal) - 1;
        return template[start..template.IndexOf('}', template.IndexOf("Cohesion__GraphOrganizer", StringComparison.Ordinal))];
    }

    private static IReadOnlyList<string> Read()
    {
        var asked = new Recording();
        Should.Throw<AzureSettingsException>(() => AzureSettings.From(new ConfigurationBuilder().Add(asked).Build()));
        return [.. asked.Keys.Select(key => key.Replace(":", "__", StringComparison.Ordinal)).Distinct()];
    }

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", RegexOptions.ExplicitCapture)]
    private static partial Regex Guid();

    [GeneratedRegex("\"(?<name>[A-Za-z_]+)\": ")]
    private static partial Regex Setting();

    [GeneratedRegex(@"services:\s+(?<name>\w+):")]
    private static partial Regex Service();

    [GeneratedRegex(@"project: (?<path>\S+)")]
    private static partial Regex Project();

    [GeneratedRegex(@"path: (?<path>\S+)")]
    private static partial Regex InfraPath();

    [GeneratedRegex(@"(?<name>cohesion\.[a-z.]+[a-z])")]
    private static partial Regex Measures();

    [GeneratedRegex(@"\$\{(?<name>[A-Z_]+)")]
    private static partial Regex Variable();

    /// <summary>Has no setting, and keeps which were asked for.</summary>
    private sealed class Recording : IConfigurationSource, IConfigurationProvider
    {
        public List<string> Keys { get; } = [];

        public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

        public bool TryGet(string key, out string? value)
        {
            Keys.Add(key);
            value = null;
            return false;
        }

        public void Set(string key, string? value) => throw new NotSupportedException();

        public IChangeToken GetReloadToken() => new ConfigurationReloadToken();

        public void Load()
        {
            // It has nothing.
        }

        public IEnumerable<string> GetChildKeys(IEnumerable<string> earlierKeys, string? parentPath) => earlierKeys;
    }
}
