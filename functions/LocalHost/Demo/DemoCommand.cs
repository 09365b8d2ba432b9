using System.CommandLine;

namespace Cohesion.Workflows.LocalHost.Demo;

/// <summary>The subcommand "demo".</summary>
internal static class DemoCommand
{
    /// <param name="urls">The option of the program itself.</param>
    public static Command Of(Option<string> urls)
    {
        var data = new Option<string?>("--data") { Description = "A folder that keeps the demo; started on it again, the demo goes on. Without it nothing is kept." };
        var seed = new Option<int>("--seed") { Description = "Decides what people are like; the same seed comes to the same end.", DefaultValueFactory = _ => 1 };
        var communities = new Option<int>("--communities") { Description = $"How many communities, 1 to {DemoWorld.MostCommunities}.", DefaultValueFactory = _ => 5 };
        var speed = new Option<double>("--speed") { Description = "Days in a second.", DefaultValueFactory = _ => DemoSettings.UsualSpeed };
        var fast = new Option<bool>("--fast") { Description = "Does not wait, shows no pages, and prints what came of it." };
        var command = new Command("demo", "Walks invented communities from the form to the wrap-up in about a minute.") { urls, data, seed, communities, speed, fast };
        command.SetAction((parsed, cancel) => DemoApp.Run(
            new DemoSettings(
                parsed.GetValue(data),
                parsed.GetRequiredValue(urls),
                parsed.GetRequiredValue(seed),
                parsed.GetRequiredValue(communities),
                parsed.GetRequiredValue(speed),
                parsed.GetRequiredValue(fast)),
            cancel));
        return command;
    }
}
