using System.CommandLine;
using Cohesion.Workflows.Checking;

namespace Cohesion.Workflows.LocalHost.Upkeep;

/// <summary>The subcommand "check".</summary>
internal static class CheckCommand
{
    public static Command Of()
    {
        var data = KeptFolder.Option();
        var repair = new Option<bool>("--repair") { Description = "Wakes what nothing would wake, and sends what nobody would send." };
        var command = new Command("check", "Verifies the records in a data folder, and writes its views again where they are wrong.") { data, repair };
        command.SetAction((parsed, cancel) => KeptFolder.Use(
            parsed.GetRequiredValue(data),
            async (services, partitions) => await Say(await services.GetRequiredService<RecordCheck>().Run(partitions, parsed.GetValue(repair), cancel)),
            cancel));
        return command;
    }

    private static async Task<int> Say(CheckReport report)
    {
        foreach (var finding in report.Findings)
        {
            await Console.Out.WriteLineAsync(finding.ToString());
        }

        await Console.Out.WriteLineAsync(
            $"{report.Records} records of {report.Cycles} communities read; {report.Findings.Count} findings, {report.Repaired} repaired, views of {report.Views} communities written again.");
        return report.Findings.Count == 0 ? 0 : 1;
    }
}
