using System.CommandLine;
using Cohesion.Workflows.Keeping;
using Cohesion.Workflows.LocalHost.Records;
using Cohesion.Workflows.Web;

namespace Cohesion.Workflows.LocalHost.Upkeep;

/// <summary>The subcommand "import": a folder that goes on from what another installation exported.</summary>
internal static class ImportCommand
{
    public static Command Of()
    {
        var data = KeptFolder.Option();
        var from = new Option<string>("--from") { Description = "The file that export wrote.", Required = true };
        var command = new Command("import", "Makes a data folder of a file that export wrote; the keys of that installation belong in its folder 'keys'.")
        {
            data, from,
        };
        command.SetAction((parsed, cancel) => KeptFolder.Explained(() => Import(parsed.GetRequiredValue(data), parsed.GetRequiredValue(from), cancel)));
        return command;
    }

    private static async Task Import(string data, string from, CancellationToken cancel)
    {
        if (File.Exists(Path.Combine(data, DataFolder.RecordsFile)))
        {
            throw new DataFolderException($"The folder '{data}' holds records. Give --data another one, as records are not mixed.");
        }

        if (!File.Exists(Path.Combine(data, "keys", "secret")))
        {
            throw new DataFolderException($"There is no '{Path.Combine(data, "keys", "secret")}'. Put the folder 'keys' of that installation into '{data}': without it all links in mail are void.");
        }

        await using var folder = DataFolder.Open(data);
        var count = await folder.ImportRecords(records => new RecordLines(records).Read(from, cancel: cancel));
        await Console.Out.WriteLineAsync(Say.Counted($"{count} {count:record|records} read into {folder.Path}."));
    }
}
