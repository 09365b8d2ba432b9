using Cohesion.Workflows.Web;
using Cohesion.Workflows.Coordinators.Audit;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Keeping;
using Cohesion.Workflows.Keys;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Post.Viewer;
using Cohesion.Workflows.Programmes;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Testing;
using Cohesion.Workflows.Tests.Walking;
using NodaTime;

namespace Cohesion.Workflows.Tests.Keeping;

/// <summary>A community that has come to its end, and the months after it.</summary>
public sealed class PurgeTests
{
    private static readonly ProgrammeFiles Programmes = ProgrammeFiles.Load(Path.Combine(AppContext.BaseDirectory, "Programmes"));

    [Fact]
    public async Task A_session_is_kept_as_long_as_its_policy_says_and_its_facilitators_as_long_as_their_training_counts()
    {
        using var world = await Ended();
        var (all, ended) = (await All(world.Records), world.Clock.Now);
        (await Purge(world, ended.Plus(Duration.FromDays(700)))).ShouldBe(new PurgeReport(0, 0));
        (await All(world.Records)).ShouldBe(all);

        var (members, trained) = (People(world), await Trained(world));
        (await Purge(world, ended.Plus(Duration.FromDays(740)))).ShouldBe(new PurgeReport(1, members.Count - trained.Count));
        var left = await All(world.Records);
        // The post removes what it has sent by itself; of a person who stays, a booking and a training name the cycle by its id.
        left.Where(row => row.Contains(world.Cycle.Value, StringComparison.Ordinal))
            .Where(row => !row.StartsWith("post ", StringComparison.Ordinal) && !row.StartsWith("person-", StringComparison.Ordinal))
            .ShouldBeEmpty();
        left.ShouldContain(row => row.StartsWith($"person-{trained[0]} person", StringComparison.Ordinal));

        (await Purge(world, ended.Plus(Duration.FromDays(1200)))).ShouldBe(new PurgeReport(0, trained.Count));
        (await All(world.Records)).Where(row => members.Exists(one => row.Contains(one, StringComparison.Ordinal))).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_community_whose_months_were_changed_is_kept_as_long_as_it_says_itself()
    {
        using var world = await Ended(keptMonths: 30);
        (await Purge(world, world.Clock.Now.Plus(Duration.FromDays(740)))).Cycles.ShouldBe(0);
        (await Purge(world, world.Clock.Now.Plus(Duration.FromDays(930)))).Cycles.ShouldBe(1);
    }

    [Fact]
    public async Task Who_has_a_part_in_another_session_stays()
    {
        using var world = await Ended();
        var member = People(world)[0];
        await world.Records.InsertIfAbsent(CycleRecords.Write(CycleId.From("another"), new Member(Role.Participant, PersonId.From(member), World.Start)));
        await Purge(world, world.Clock.Now.Plus(Duration.FromDays(1200)));
        (await All(world.Records)).ShouldContain(row => row.StartsWith($"person-{member} person", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_read_or_did_something_is_known_for_24_months()
    {
        using var world = await Ended();
        var (member, ended) = (People(world).Except(await Trained(world)).First(), world.Clock.Now);
        await new AuditLog(world.Records, new RandomIds(), world.Clock).Add(new AuditEntry(PersonId.From(member), AuditWords.SignedIn));
        await Purge(world, ended.Plus(Duration.FromDays(745)));
        (await Audited(world)).ShouldHaveSingleItem();
        People(world).ShouldContain(member);
        await Purge(world, ended.Plus(Duration.FromDays(790)));
        (await Audited(world)).ShouldBeEmpty();
        await Purge(world, ended.Plus(Duration.FromDays(791)));
        People(world).ShouldNotContain(member);
    }

    [Fact]
    public async Task Counted_only_it_removes_nothing()
    {
        using var world = await Ended();
        var all = await All(world.Records);
        var report = await Of(world.Records, world.Clock.Now.Plus(Duration.FromDays(1200))).Run(RecordsOf(world).Partitions, removes: false);
        report.Cycles.ShouldBe(1);
        (await All(world.Records)).ShouldBe(all);
    }

    [Fact]
    public async Task A_cycle_that_cannot_be_read_keeps_everything()
    {
        using var world = await Ended();
        await world.Records.InsertIfAbsent(Record.Of(new RecordKey("cycle-broken", "f.member.coach.x"), ("body", "{")));
        var all = await All(world.Records);
        await Should.ThrowAsync<FormatException>(() => Purge(world, world.Clock.Now.Plus(Duration.FromDays(1200))));
        (await All(world.Records)).ShouldBe(all);
    }

    [Theory]
    [InlineData(null, 1200)]
    [InlineData(6, 300)]
    public async Task Stopped_at_any_of_its_steps_it_is_finished_by_the_next_run(int? keptMonths, int days)
    {
        using var world = await Ended(keptMonths);
        var (late, fate) = (world.Clock.Now.Plus(Duration.FromDays(days)), Fate.Kind());
        var whole = await Copy(world.Records);
        await Of(new FaultyRecordStore(whole, new Lifetime(fate), () => Task.CompletedTask), late).Run(whole.Partitions, removes: true);
        fate.Steps.ShouldBeGreaterThan(10);
        foreach (var step in Enumerable.Range(1, fate.Steps))
        {
            var records = await Copy(world.Records);
            var mortal = new FaultyRecordStore(records, new Lifetime(Fate.DiesAt(step, step % 2 == 0 ? Death.Before : Death.After)), () => Task.CompletedTask);
            await Should.ThrowAsync<CrashException>(Of(mortal, late).Run(records.Partitions, removes: true));
            await Of(records, late).Run(records.Partitions, removes: true);
            (await All(records)).ShouldBe(await All(whole), $"stopped at step {step}");
        }
    }

    [Fact]
    public async Task What_the_mail_viewer_keeps_of_its_time_goes_with_it_and_newer_mail_stays()
    {
        using var world = await Ended();
        var clock = new VirtualClock(world.Clock.Now + Duration.FromDays(2));
        var viewer = new MailViewer(world.Records, clock, new PublicAddress(new Uri("https://here.example")), TextWriter.Null);
        var mail = new Mail("id", "Lee Larsen", "lee@example.test", "Subject", "Text", "<p>Text</p>");
        await viewer.Send(Guid.NewGuid(), mail);
        clock.MoveTo(world.Clock.Now + Duration.FromDays(40));
        var newer = Guid.NewGuid();
        await viewer.Send(newer, mail);
        await Purge(world, world.Clock.Now.Plus(Duration.FromDays(1200)));

        (await viewer.All().ToListAsync()).ShouldHaveSingleItem().Id.ShouldBe(newer.ToString("N"));
        (await world.Records.All(RowRange.Whole("mail-viewer")).CountAsync()).ShouldBe(2);
        (await viewer.Ask(newer)).ShouldBe(MailAnswer.Accepted);
    }

    private static async Task<World> Ended(int? keptMonths = null)
    {
        var world = new World(new WorldSettings(Runs.Small));
        await world.RunToTheEnd();
        if (keptMonths is { } months)
        {
            var policy = (await world.Snapshot())!.Policy with { KeptMonths = months };
            await world.Records.InsertIfAbsent(CycleRecords.Write(world.Cycle, new PolicyAdapted(policy, World.Start)));
        }

        return world;
    }

    private static Purge Of(IRecordStore records, Instant now) => new(records, new ProgrammeVersions(Programmes, records), new VirtualClock(now));

    private static Task<PurgeReport> Purge(World world, Instant now) => Of(world.Records, now).Run(RecordsOf(world).Partitions, removes: true);

    private static MemoryRecordStore RecordsOf(World world) => (MemoryRecordStore)world.Records;

    private static List<string> People(World world) =>
        [.. RecordsOf(world).Partitions.Where(name => name.StartsWith("person-", StringComparison.Ordinal)).Select(name => name["person-".Length..])];

    private static async Task<List<string>> Trained(World world)
    {
        var trained = new List<string>();
        foreach (var person in People(world))
        {
            trained.AddRange(await Trainings.Of(world.Records, PersonId.From(person), default).Select(_ => person).ToListAsync());
        }

        return trained;
    }

    private static async Task<MemoryRecordStore> Copy(IRecordStore records)
    {
        var copy = new MemoryRecordStore();
        foreach (var partition in ((MemoryRecordStore)records).Partitions)
        {
            await foreach (var row in records.All(RowRange.Whole(partition)))
            {
                await copy.InsertIfAbsent(row);
            }
        }

        return copy;
    }

    private static async Task<List<string>> Audited(World world) => (await All(world.Records)).FindAll(row => row.StartsWith("audit-", StringComparison.Ordinal));

    private static async Task<List<string>> All(IRecordStore records)
    {
        var all = new List<string>();
        foreach (var partition in ((MemoryRecordStore)records).Partitions)
        {
            all.AddRange(await records.All(RowRange.Whole(partition)).Select(row => $"{row.Key.Partition} {row.Key.Row} {string.Join(' ', row.Properties)}").ToListAsync());
        }

        return all;
    }
}
