using System.Globalization;
using Cohesion.Workflows.Coordinators.Access;
using Cohesion.Workflows.Coordinators;
using Cohesion.Workflows.LocalHost.Records;
using Cohesion.Workflows.Records;
using NodaTime;
using NodaTime.Text;

namespace Cohesion.Workflows.LocalHost.Demo;

/// <summary>What a data folder keeps of its demo: what it was asked for, and how far its time has come.</summary>
internal sealed class DemoRecord(IRecordStore records)
{
    private static readonly RecordKey Key = new("demo", "run");

    /// <summary>How far the demo of the folder has come, or the start where it holds nothing yet.</summary>
    /// <exception cref="DataFolderException">The folder holds another demo, or none but something else.</exception>
    public async Task<Instant> Find(DemoSettings settings, AccountList accounts)
    {
        if (await records.Find(Key) is { } row)
        {
            var (seed, communities) = (Text(settings.Seed), Text(settings.Communities));
            return row["seed"] == seed && row["communities"] == communities
                ? InstantPattern.ExtendedIso.Parse(row["now"]).Value
                : throw new DataFolderException(
                    $"The folder '{settings.Data}' holds a demo with --seed {row["seed"]} --communities {row["communities"]}. Give these, or --data and another folder.");
        }

        return await accounts.IsEmpty()
            ? DemoWorld.Start
            : throw new DataFolderException($"The folder '{settings.Data}' holds communities, but no demo. Give --data and another folder.");
    }

    /// <summary>To be written before anything happens at an instant: what was due before it is done then.</summary>
    public Task Reach(DemoSettings settings, Instant now) => records.Commit([new RecordWrite.Put(Record.Of(
        Key,
        ("seed", Text(settings.Seed)),
        ("communities", Text(settings.Communities)),
        ("now", InstantPattern.ExtendedIso.Format(now))))]);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
