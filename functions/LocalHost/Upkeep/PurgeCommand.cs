using System.CommandLine;
using Cohesion.Workflows.Keeping;
using Cohesion.Workflows.Web;

namespace Cohesion.Workflows.LocalHost.Upkeep;

/// <summary>The subcommand "purge".</summary>
internal static class PurgeCommand
{
    public static Command Of()
    {
        var data = KeptFolder.Option();
        var remove = new Option<bool>("--remove") { Description = "Removes them. Without it they are only counted." };
        var command = new Command("purge", "Removes sessions that ended longer ago than their programme keeps them, and people who have no part in any that is left.")
        {
            data, remove,
        };
        command.SetAction((parsed, cancel) => KeptFolder.Use(
            parsed.GetRequiredValue(data),
            (services, partitions) => Purge(services.GetRequiredService<Purge>(), partitions, parsed.GetValue(remove), cancel),
            cancel));
        return command;
    }

    private static async Task<int> Purge(Purge purge, IReadOnlyCollection<string> partitions, bool removes, CancellationToken cancel)
    {
        try
        {
            var report = await purge.Run(partitions, removes, cancel);
            var hint = removes || report is { Cycles: 0, People: 0 } ? "" : " Add --remove to remove them.";
            await Console.Out.WriteLineAsync(Say.Counted(
                $"{report.Cycles} {report.Cycles:session|sessions} and {report.People} {report.People:person|people} {(removes ? "removed" : "to remove")}.{hint}"));
            return 0;
        }
        catch (FormatException unreadable)
        {
            await Console.Error.WriteLineAsync(unreadable.Message);
            return 1;
        }
    }
}
