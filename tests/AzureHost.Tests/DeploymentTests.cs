using System.Diagnostics;
using System.Text.Json;
using Cohesion.Workflows.Testing;
using Microsoft.Extensions.Configuration;

namespace Cohesion.Workflows.AzureHost.Tests;

/// <summary>What goes to Azure: the files that the runtime looks for, and the names that it knows functions by.</summary>
public sealed class DeploymentTests
{
    /// <summary>The build beside this one: bin/CONFIGURATION/FRAMEWORK.</summary>
    private static string Output => Path.Combine(
        [Repository.PathOf("functions/AzureHost/bin"), .. AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar).Split(Path.DirectorySeparatorChar)[^2..]]);

    [Fact]
    public void The_runtime_finds_the_repositorys_host_json() =>
        File.ReadAllText(Path.Combine(Output, "host.json")).ShouldBe(File.ReadAllText(Repository.PathOf("host.json")));

    [Fact]
    public async Task What_is_published_has_all_that_the_runtime_and_the_product_look_for()
    {
        var folder = Directory.CreateTempSubdirectory("publish-").FullName;
        var configuration = Output.Split(Path.DirectorySeparatorChar)[^2];
        using var publish = Process.Start(new ProcessStartInfo("dotnet")
        {
            ArgumentList = { "publish", Repository.PathOf("functions/AzureHost"), "--no-build", "-c", configuration, "-o", folder },
        })!;
        await publish.WaitForExitAsync();

        publish.ExitCode.ShouldBe(0);
        string[] files = ["host.json", "functions.metadata", "extensions.json", "worker.config.json", ".azurefunctions", "Programmes/adult-mental-health.json"];
        files.Where(file => !Path.Exists(Path.Combine(folder, file))).ShouldBeEmpty();
        File.Exists(Path.Combine(folder, "local.settings.json")).ShouldBeFalse();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Pages_have_no_prefix_and_instances_their_hub()
    {
        var extensions = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("host.json"))).RootElement.GetProperty("extensions");
        extensions.GetProperty("http").GetProperty("routePrefix").GetString().ShouldBe("");
        extensions.GetProperty("durableTask").GetProperty("hubName").GetString().ShouldBe("CohesionWorkflows");
    }

    /// <summary>Instances run for months and know their activities by name: none of these ever changes.</summary>
    [Fact]
    public void The_functions_have_the_names_that_instances_know()
    {
        var functions = JsonDocument.Parse(File.ReadAllText(Path.Combine(Output, "functions.metadata"))).RootElement.EnumerateArray()
            .Select(function => function.GetProperty("name").GetString());
        functions.ShouldBe(
            [
                "CommunityCycle", "CaseStudySelection", "FacilitatorTraining", "Scheduling", "Attendance", "SurveyCollection", "CoachingFollowUp",
                "Pages", "Sweep", "SendPost", "TakePulse", "PurgeFinished",
            ],
            ignoreOrder: true);
    }

    [Fact]
    public void The_sample_settings_are_complete_but_for_the_secret()
    {
        var sample = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("functions/AzureHost/local.settings.sample.json"))).RootElement.GetProperty("Values")
            .EnumerateObject().ToDictionary(value => value.Name.Replace("__", ":", StringComparison.Ordinal), value => value.Value.GetString());
        Should.Throw<AzureSettingsException>(() => Read(sample)).Message.ShouldStartWith("Cohesion__Secret is not usable.");
        sample["Cohesion:Secret"] = Convert.ToBase64String(new byte[32]);
        Read(sample).IsEmulator.ShouldBeTrue();
        sample["AzureWebJobsDisableHomepage"].ShouldBe("true", "The runtime's own page would stand in place of ours.");
    }

    private static AzureSettings Read(Dictionary<string, string?> sample) =>
        AzureSettings.From(new ConfigurationBuilder().AddInMemoryCollection(sample).Build());
}
