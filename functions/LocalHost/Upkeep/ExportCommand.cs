using System.CommandLine;
using Cohesion.Workflows.Keeping;
using Cohesion.Workflows.Web;

namespace Cohesion.Workflows.LocalHost.Upkeep;

/// <summary>The subcommand "export": every record, without the keys.</summary>
internal static class ExportCommand
{
    public static Command Of()
    {
        var data = KeptFolder.Option();
        var to = new Option<string>("--to") { Description = "The file to write.", Required = true };
        var command = new Command("export", "Writes every record to a file, one line of JSON each. It holds names and addresses: keep it as safe as the data folder.")
        {
            data, to,
        };
        command.SetAction((parsed, cancel) => KeptFolder.Use(
            parsed.GetRequiredValue(data),
            (services, partitions) => Export(services.GetRequiredService<RecordLines>(), partitions, parsed.GetRequiredValue(to), cancel),
            cancel));
        return command;
    }

    private static async Task<int> Export(RecordLines lines, IReadOnlyCollection<string> partitions, string to, CancellationToken cancel)
    {
        var count = await lines.Write(partitions, to, cancel);
        await Console.Out.WriteLineAsync(Say.Counted($"{count} {count:record|records} written to {to}."));
        return 0;
    }
}
