using System.CommandLine;
using Cohesion.Workflows.Checking;
using Cohesion.Workflows.Web;

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
            async (services, partitions) => await Tell(await services.GetRequiredService<RecordCheck>().Run(partitions, parsed.GetValue(repair), cancel)),
            cancel));
        return command;
    }

    private static async Task<int> Tell(CheckReport report)
    {
        foreach (var finding in report.Findings)
        {
            await Console.Out.WriteLineAsync(finding.ToString());
        }

        var (records, cycles, findings, views) = (report.Records, report.Cycles, report.Findings.Count, report.Views);
        await Console.Out.WriteLineAsync(Say.Counted(
            $"{records} {records:record|records} of {cycles} {cycles:community|communities} read; {findings} {findings:finding|findings}, {report.Repaired} repaired, views of {views} {views:community|communities} written again."));
        return findings == 0 ? 0 : 1;
    }
}
