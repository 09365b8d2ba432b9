using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Programmes;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Walking;
using NodaTime;

namespace Cohesion.Workflows.Checking;

/// <summary>What a check came to.</summary>
/// <param name="Records">How many records were read.</param>
/// <param name="Cycles">Of how many cycles.</param>
/// <param name="Views">How many cycles' views were written again; they are only views, so that is no finding.</param>
/// <param name="Repaired">How many findings were repaired; they are not among the others.</param>
/// <param name="Findings">What must not be so.</param>
public sealed record CheckReport(int Records, int Cycles, int Views, int Repaired, IReadOnlyList<Finding> Findings);

/// <summary>Verifies the laws of the records where nothing runs on them.</summary>
public sealed class RecordCheck(IRecordStore records, CycleRecords cycles, Wakes wakes, People people, CycleViews views, IClock clock)
{
    private const string CyclePrefix = "cycle-";
    private const string AddressPrefix = "address-";
    private const string RepairHint = "run the check with --repair";

    private readonly Dictionary<string, Snapshot?> _cycles = new(StringComparer.Ordinal);
    private readonly List<Finding> _findings = [];
    private int _read;
    private int _repaired;

    /// <param name="partitions">The names of all partitions there are.</param>
    /// <param name="repairs">Whether what was merely forgotten is put right.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task<CheckReport> Run(IReadOnlyCollection<string> partitions, bool repairs, CancellationToken cancel = default)
    {
        foreach (var partition in partitions.Where(name => name.StartsWith(CyclePrefix, StringComparison.Ordinal)))
        {
            await ReadCycle(CycleId.From(partition[CyclePrefix.Length..]), cancel);
        }

        await ReadPost(repairs, cancel);
        await ReadWakes(repairs, cancel);
        await ReadPeople(partitions, repairs, cancel);
        await ReadProgrammes(cancel);
        return new CheckReport(_read, _cycles.Count, await RebuildViews(cancel), _repaired, _findings);
    }

    private async Task ReadCycle(CycleId cycle, CancellationToken cancel)
    {
        var partition = new CyclePartition(cycle, await RowsOf(Rows.CyclePartition(cycle), cancel));
        _findings.AddRange(partition.Read());
        _cycles[cycle.Value] = partition.Snapshot;
    }

    /// <summary>None is ever removed: where one is missing, those after it are not found either.</summary>
    private async Task ReadProgrammes(CancellationToken cancel)
    {
        foreach (var (row, place) in (await RowsOf(ProgrammeVersions.Partition, cancel)).Select((row, place) => (row, place)))
        {
            if (Reading.Try(row, ProgrammeVersions.Read, _findings, out _) && row.Key.Row != ProgrammeVersions.RowOf(place))
            {
                _findings.Add(new Finding($"{row.Key.Partition} {row.Key.Row}", "a version of a programme before this one is missing", Finding.Backup));
            }
        }
    }

    private async Task ReadPost(bool repairs, CancellationToken cancel)
    {
        var post = new PostCheck(await RowsOf(Rows.PostPartition, cancel), cycle => _cycles.GetValueOrDefault(cycle));
        _findings.AddRange(post.Read());
        foreach (var person in post.Forgotten)
        {
            await Repair(
                new Finding($"{Rows.PostPartition} {person}", "a message waits and nobody will send it", RepairHint),
                repairs,
                () => records.Commit([new RecordWrite.Put(new DueRow(person, clock.GetCurrentInstant()).Write())], cancel));
        }

        foreach (var row in post.Unreminded)
        {
            await Remind(row, repairs, cancel);
        }
    }

    /// <summary>An earlier release kept everything.</summary>
    private Task Remind(RecordKey row, bool repairs, CancellationToken cancel) => Repair(
        new Finding($"{row.Partition} {row.Row}", "it was sent, and nobody will remove it", RepairHint),
        repairs,
        () => records.Commit([Retention.Until(row, clock.GetCurrentInstant())], cancel));

    private async Task ReadWakes(bool repairs, CancellationToken cancel)
    {
        var all = new List<Wake>();
        foreach (var partition in Rows.WakePartitions)
        {
            foreach (var row in await RowsOf(partition, cancel))
            {
                if (Reading.Try(row, Wakes.Read, _findings, out var wake))
                {
                    all.Add(wake!);
                }
            }
        }

        foreach (var wake in all.Where(wake => !_cycles.ContainsKey(wake.Cycle.Value)))
        {
            await Repair(new Finding($"wake {wake.Cycle}", "a cycle that is not there is to be woken", RepairHint), repairs, () => wakes.TryRemove(wake, cancel));
        }

        foreach (var asleep in _cycles.Values.OfType<Snapshot>().Where(one => !one.HasEnded && !all.Exists(wake => wake.Cycle == one.Cycle)))
        {
            await Repair(
                new Finding($"{CyclePrefix}{asleep.Cycle}", "the cycle is open and nothing will wake it", RepairHint),
                repairs,
                () => wakes.Ring(asleep.Cycle, clock.GetCurrentInstant(), cancel: cancel));
        }
    }

    private async Task ReadPeople(IEnumerable<string> partitions, bool repairs, CancellationToken cancel)
    {
        foreach (var partition in partitions.Where(name => name.StartsWith(AddressPrefix, StringComparison.Ordinal)))
        {
            foreach (var row in await RowsOf(partition, cancel))
            {
                if (Reading.Try(row, one => PersonId.From(one["person"]), _findings, out var person))
                {
                    await ReadEntry(row, await Find(person, cancel), repairs, cancel);
                }
            }
        }

        foreach (var (member, cycle) in _cycles.Values.OfType<Snapshot>().SelectMany(one => one.All<Member>().Select(member => (member.Person, one.Cycle))).DistinctBy(one => one.Person))
        {
            if (await Find(member, cancel) is null)
            {
                _findings.Add(new Finding($"{CyclePrefix}{cycle} {member}", "a member of the cycle is not among the people", Finding.Backup));
            }
        }
    }

    /// <summary>A crash while somebody was added or corrected leaves an entry that names nobody.</summary>
    private async Task ReadEntry(Record row, Person? person, bool repairs, CancellationToken cancel)
    {
        if (person is null || !People.IsEntryOf(person, row))
        {
            await Repair(
                new Finding($"{row.Key.Partition} {row.Key.Row}", "the index of addresses names nobody who is there by that name and address", RepairHint),
                repairs,
                () => records.DeleteIfThere(row.Key, cancel));
        }
    }

    private async Task<Person?> Find(PersonId person, CancellationToken cancel)
    {
        _read++;
        return await people.Find(person, cancel);
    }

    private async Task<int> RebuildViews(CancellationToken cancel)
    {
        var rebuilt = 0;
        foreach (var cycle in _cycles.Values.OfType<Snapshot>())
        {
            if (await cycles.Read(cycle.Cycle, cancel) is { } stored && await views.IsStale(stored, clock.GetCurrentInstant(), cancel))
            {
                await views.Rebuild(stored, clock.GetCurrentInstant(), cancel);
                rebuilt++;
            }
        }

        return rebuilt;
    }

    private async Task Repair(Finding finding, bool repairs, Func<Task> repair)
    {
        if (!repairs)
        {
            _findings.Add(finding);
            return;
        }

        await repair();
        _repaired++;
    }

    private async Task<List<Record>> RowsOf(string partition, CancellationToken cancel)
    {
        var rows = await records.All(RowRange.Whole(partition), cancel).ToListAsync(cancel);
        _read += rows.Count;
        return rows;
    }
}
