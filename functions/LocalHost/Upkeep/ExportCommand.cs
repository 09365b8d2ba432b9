using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Cohesion.Workflows.LocalHost.Records;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Web;

namespace Cohesion.Workflows.LocalHost.Upkeep;

/// <summary>The subcommand "export": every record as one line of JSON, without ETags and without the keys.</summary>
internal static class ExportCommand
{
    private static readonly JsonSerializerOptions Written = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

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
            (services, partitions) => Export(services.GetRequiredService<IRecordStore>(), partitions, parsed.GetRequiredValue(to), cancel),
            cancel));
        return command;
    }

    private static async Task<int> Export(IRecordStore records, IReadOnlyCollection<string> partitions, string to, CancellationToken cancel)
    {
        try
        {
            var count = await Write(records, partitions, to, cancel);
            await Console.Out.WriteLineAsync(Say.Counted($"{count} {count:record|records} written to {to}."));
            return 0;
        }
        catch (DirectoryNotFoundException)
        {
            await Console.Error.WriteLineAsync($"Cannot write '{to}': there is no folder '{Path.GetDirectoryName(Path.GetFullPath(to))}'. Make it, or give --to another file.");
            return 1;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"Cannot write '{to}': {refused.Message} Give --to a file that is not there yet.");
            return 1;
        }
    }

    /// <summary>Under another name until it is whole, readable for its user alone. A file that is there is left alone.</summary>
    private static async Task<int> Write(IRecordStore records, IReadOnlyCollection<string> partitions, string to, CancellationToken cancel)
    {
        var (count, unfinished) = (0, to + ".part");
        await using (var file = new StreamWriter(DataFolder.OpenPrivate(unfinished, FileMode.Create)))
        {
            foreach (var partition in partitions)
            {
                await foreach (var row in records.All(RowRange.Whole(partition), cancel))
                {
                    await file.WriteLineAsync(JsonSerializer.Serialize(new Line(partition, row.Key.Row, row.Properties), Written));
                    count++;
                }
            }
        }

        try
        {
            File.Move(unfinished, to, overwrite: false);
            return count;
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    private sealed record Line(string Partition, string Row, IReadOnlyDictionary<string, string> Properties);
}
