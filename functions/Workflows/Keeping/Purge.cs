using Cohesion.Workflows.Coordinators.Audit;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Post.Viewer;
using Cohesion.Workflows.Programmes;
using Cohesion.Workflows.Records;
using NodaTime;

namespace Cohesion.Workflows.Keeping;

/// <summary>What a purge removes, or would.</summary>
/// <param name="Cycles">How many communities' sessions.</param>
/// <param name="People">How many people.</param>
public sealed record PurgeReport(int Cycles, int People);

/// <summary>
/// Removes cycles that ended longer ago than their policy keeps them, then the people who have no part in anything that is left, and the
/// months of the audit that are kept no longer.
/// Runs where nothing else runs on the records. It can stop anywhere; the next run finishes the rest.
/// </summary>
public sealed class Purge(IRecordStore records, ProgrammeVersions programmes, IClock clock)
{
    private const string CyclePrefix = "cycle-";
    private const string PersonPrefix = "person-";
    private const string ViewPrefix = "views-";
    private const string Coordinators = "coordinators";

    /// <param name="partitions">The names of all partitions there are.</param>
    /// <param name="removes">Whether it is done; else it is only counted.</param>
    /// <param name="cancel">Stops it.</param>
    /// <exception cref="FormatException">A cycle cannot be read, so nobody can tell whom it names; nothing was removed.</exception>
    public async Task<PurgeReport> Run(IReadOnlyCollection<string> partitions, bool removes, CancellationToken cancel = default)
    {
        var people = Of(partitions, PersonPrefix).ToHashSet(StringComparer.Ordinal);
        var (due, last, named) = (new List<CycleId>(), NodaConstants.UnixEpoch, new HashSet<string>(StringComparer.Ordinal));
        foreach (var cycle in Of(partitions, CyclePrefix).Select(CycleId.From))
        {
            var rows = await records.All(RowRange.Whole(Rows.CyclePartition(cycle)), cancel).ToListAsync(cancel);
            if (EndOf(cycle, rows) is { } end)
            {
                due.Add(cycle);
                last = Instant.Max(last, end);
            }
            else
            {
                named.UnionWith(rows.SelectMany(Words).Where(people.Contains));
            }
        }

        var now = clock.GetCurrentInstant();
        foreach (var month in AuditLog.Of(partitions, now, areOver: false))
        {
            named.UnionWith(await records.All(RowRange.Whole(month), cancel).SelectMany(row => Words(row).Where(people.Contains)).ToListAsync(cancel));
        }

        named.UnionWith(await records.All(RowRange.Whole(Coordinators), cancel).Select(row => row.Key.Row).ToListAsync(cancel));
        var known = await programmes.Now(cancel);
        named.UnionWith(known.All.SelectMany(programme => known.SavedOf(programme.Id)).Select(version => version.By.Value));
        var gone = await people.Except(named).ToAsyncEnumerable().Select(PersonId.From).Where(async (person, token) => !await HasTrainedLately(person, known, token)).ToListAsync(cancel);
        if (removes)
        {
            // First, as only a cycle says when it ended. Its last mail goes out some days later.
            await MailViewer.Forget(records, last + Retention.Kept, cancel);
            foreach (var month in AuditLog.Of(partitions, now, areOver: true))
            {
                await RemoveAll(await records.All(RowRange.Whole(month), cancel).Select(row => row.Key).ToListAsync(cancel), cancel);
            }

            await Remove(due, gone, [.. partitions.Where(name => name.StartsWith(ViewPrefix, StringComparison.Ordinal))], cancel);
        }

        return new PurgeReport(due.Count, gone.Count);
    }

    private static IEnumerable<string> Of(IEnumerable<string> partitions, string prefix) =>
        partitions.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Select(name => name[prefix.Length..]);

    /// <summary>When a cycle ended whose time is up, by the policy that it ended with; null where it is not.</summary>
    private Instant? EndOf(CycleId cycle, List<Record> rows)
    {
        var facts = FactsOf(cycle, rows);
        if (!facts.OfType<KickOff>().Any() || facts.OfType<CycleEnded>().SingleOrDefault() is not { } ended)
        {
            return null;
        }

        var whole = new Snapshot(cycle, facts, Elsewhere.Nothing);
        var days = new CommunityDays(whole.KickOff.Zone);
        return days.DateOf(ended.At).PlusMonths(whole.Policy.KeptMonths) <= days.DateOf(clock.GetCurrentInstant()) ? ended.At : null;
    }

    private static List<Fact> FactsOf(CycleId cycle, List<Record> rows)
    {
        try
        {
            return [.. rows.Where(row => row.Key.Row.StartsWith(Rows.Facts, StringComparison.Ordinal)).Select(CycleRecords.Read<Fact>)];
        }
        catch (Exception broken) when (broken is System.Text.Json.JsonException or FormatException or KeyNotFoundException or NotSupportedException)
        {
            throw new FormatException($"The records of {cycle} cannot be read, so nothing was removed. Run the command check first.", broken);
        }
    }

    /// <summary>Whoever is named anywhere in what is left stays: in a row's name or in what it holds.</summary>
    private static IEnumerable<string> Words(Record row) =>
        row.Properties.Values.Prepend(row.Key.Row).SelectMany(text => text.Split(['.', '-', ' ', '"', ',', ':', '/']));

    /// <summary>Who trained not too long ago is asked for the refresh only, wherever they lead next.</summary>
    private async ValueTask<bool> HasTrainedLately(PersonId person, ProgrammeCatalogue known, CancellationToken cancel) =>
        await Trainings.Of(records, person, cancel).AnyAsync(
            training => known.Find(training.Programme)?.Policy.FacilitatorTraining.RefreshMonths is { } months
                && DateOf(training.At).PlusMonths(months) >= DateOf(clock.GetCurrentInstant()),
            cancel);

    private static LocalDate DateOf(Instant instant) => instant.InUtc().Date;

    private async Task Remove(List<CycleId> cycles, List<PersonId> people, List<string> views, CancellationToken cancel)
    {
        foreach (var cycle in cycles)
        {
            foreach (var view in views)
            {
                await records.DeleteIfThere(new RecordKey(view, cycle.Value), cancel);
            }

            await RemoveCycle(cycle, cancel);
        }

        foreach (var person in people)
        {
            await RemovePerson(person, cancel);
        }
    }

    /// <summary>Its own row first: from then on it is not there for any page. What says that its time is up goes last, all at once.</summary>
    private async Task RemoveCycle(CycleId cycle, CancellationToken cancel)
    {
        await records.DeleteIfThere(Rows.Of(cycle, Rows.CycleRow), cancel);
        var rows = await records.All(RowRange.Whole(Rows.CyclePartition(cycle)), cancel).ToListAsync(cancel);
        var last = rows.Where(IsLast).Select(row => row.Key).ToList();
        await RemoveAll([.. rows.Select(row => row.Key).Except(last)], cancel);
        await RemoveAll(last, cancel);
    }

    private static bool IsLast(Record row) =>
        row.Key.Row.StartsWith(Rows.Facts, StringComparison.Ordinal) && CycleRecords.Read<Fact>(row) is KickOff or PolicyAdapted or CycleEnded;

    private async Task RemovePerson(PersonId person, CancellationToken cancel)
    {
        var (post, own) = (Rows.PostPartition, Rows.PersonPartition(person));
        foreach (var prefix in (string[])[PostRows.Messages, PostRows.Envelopes])
        {
            await RemoveAll(await records.All(RowRange.StartingWith(post, $"{prefix}{person}."), cancel).Select(row => row.Key).ToListAsync(cancel), cancel);
        }

        foreach (var index in (string[])[PostRows.Due, PostRows.Expiring])
        {
            var rows = records.All(RowRange.StartingWith(post, index), cancel).Where(row => row.Key.Row.Split('.').Contains(person.Value));
            await RemoveAll(await rows.Select(row => row.Key).ToListAsync(cancel), cancel);
        }

        await People.Forget(records, person, cancel);
        await RemoveAll(await records.All(RowRange.Whole(own), cancel).Select(row => row.Key).ToListAsync(cancel), cancel);
    }

    private async Task RemoveAll(List<RecordKey> keys, CancellationToken cancel)
    {
        foreach (var chunk in keys.Chunk(RecordLimits.WritesPerTransaction))
        {
            await records.Commit([.. chunk.Select(key => new RecordWrite.Delete(key, null))], cancel);
        }
    }
}
