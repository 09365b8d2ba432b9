using System.CommandLine;
using Cohesion.Workflows.Keeping;
using Cohesion.Workflows.Web;
using Microsoft.Extensions.Configuration;

namespace Cohesion.Workflows.AzureHost.Upkeep;

/// <summary>The commands "import" and "export", for the machine of whoever moves an installation: with the app's settings as environment variables.</summary>
internal static class MoveCommands
{
    private const string Import = "import";
    private const string Export = "export";

    /// <summary>The runtime starts the program with other arguments.</summary>
    public static bool AreAsked(string[] args) => args is [Import or Export, ..];

    public static Task<int> Run(string[] args)
    {
        var keys = new Option<string>("--keys") { Description = "The folder 'keys' of the data folder on one machine.", Required = true };
        var from = new Option<string>("--from") { Description = "The file that export wrote.", Required = true };
        var to = new Option<string>("--to") { Description = "The file to write.", Required = true };
        var import = new Command(Import, "Reads what one machine exported, and its keys, into an installation that is empty and does not run.") { from, keys };
        import.SetAction((parsed, cancel) => Tell(
            "read", move => move.Import(parsed.GetRequiredValue(from), parsed.GetRequiredValue(keys), cancel), cancel));
        var export = new Command(Export, "Writes every record to a file and the keys to a folder, for one machine. Stop the app before.") { to, keys };
        export.SetAction((parsed, cancel) => Tell(
            "written", move => move.Export(parsed.GetRequiredValue(to), parsed.GetRequiredValue(keys), cancel), cancel));
        return new RootCommand("Moves an installation between Azure and one machine.") { import, export }.Parse(args)
            .InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    }

    private static async Task<int> Tell(string done, Func<Move, Task<int>> move, CancellationToken cancel)
    {
        var settings = await AzureServices.Prepare(AzureSettings.From(new ConfigurationBuilder().AddEnvironmentVariables().Build()), cancel);
        var count = await move(AzureServices.MoveOf(settings));
        await Console.Out.WriteLineAsync(Say.Counted($"{count} {count:record|records} {done}."));
        return 0;
    }
}
