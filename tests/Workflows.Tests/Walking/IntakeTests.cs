using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Testing;
using Cohesion.Workflows.Walking;
using NodaTime;

namespace Cohesion.Workflows.Tests.Walking;

public sealed class IntakeTests
{
    /// <summary>As a form does that is sent again and finds its fact recorded: nobody rings any more.</summary>
    [Fact]
    public async Task A_fact_whose_process_died_before_it_rang_is_looked_at_within_a_minute()
    {
        using var process = await OneProcess.KickedOff();
        await DieAfterTheFact(process);
        (await WakeOf(process)).Next.ShouldBe(process.Clock.Now + Duration.FromMinutes(1));
    }

    [Fact]
    public async Task A_turn_while_a_fact_is_on_its_way_sleeps_no_longer_than_until_it_stands()
    {
        using var process = await OneProcess.KickedOff();
        await process.Product.Get<Wakes>().Expect(process.Cycle, process.Clock.Now);
        await process.Turn();
        (await WakeOf(process)).Next.ShouldBe(process.Clock.Now + Duration.FromMinutes(1));
    }

    [Fact]
    public async Task Once_a_fact_is_rung_for_nothing_is_expected_any_more()
    {
        using var process = await OneProcess.KickedOff();
        await process.Record(VoteOfTheLead);
        var wake = await WakeOf(process);
        (wake.Next, wake.Expects).ShouldBe((process.Clock.Now, null));
    }

    [Fact]
    public async Task Who_rings_for_one_fact_does_not_call_off_another_that_is_on_its_way()
    {
        using var process = await OneProcess.KickedOff();
        await process.Product.Get<Wakes>().Expect(process.Cycle, process.Clock.Now);
        await process.Record(VoteOfTheLead);
        await process.Turn();
        (await WakeOf(process)).Next.ShouldBe(process.Clock.Now + Duration.FromMinutes(1));
    }

    [Fact]
    public async Task A_turn_that_read_a_due_row_before_somebody_rang_cannot_sleep_past_the_ring()
    {
        using var process = await OneProcess.KickedOff();
        var wakes = process.Product.Get<Wakes>();
        await wakes.Ring(process.Cycle, process.Clock.Now);
        var due = await WakeOf(process);
        await wakes.Ring(process.Cycle, process.Clock.Now);
        (await wakes.TrySet(due.Sleep(Instant.MaxValue, process.Clock.Now))).ShouldBeFalse();
    }

    /// <summary>A list of 120 takes three transactions after the one that says that it is on its way.</summary>
    [Fact]
    public async Task A_long_list_whose_transactions_are_sent_twice_is_recorded_whole()
    {
        using var process = await OneProcess.KickedOff();
        var transactions = 0;
        process.IsRepeated = () => ++transactions is >= 2 and <= 4;
        var lead = (await process.Snapshot()).Members(Role.DivisionLead)[0];
        List<Fact> list =
        [
            .. Enumerable.Range(0, 119).Select(i => new Attended(1, PersonId.From($"p{i}"), Was: true, lead, process.Clock.Now)),
            new AttendanceListed(1, lead, lead, process.Clock.Now),
        ];
        (await process.Product.Get<Intake>().Record(process.Cycle, list)).ShouldBeTrue();
        var cycle = await process.Snapshot();
        (cycle.All<Attended>().Count(), cycle.All<AttendanceListed>().Count()).ShouldBe((119, 1));
    }

    [Fact]
    public async Task Whoever_rings_while_an_earlier_ring_is_unserved_hastens_nothing_for_a_minute()
    {
        using var process = await OneProcess.KickedOff();
        process.Bell.Rings.ShouldBe(1);
        await process.Turn();
        await process.Product.Get<Intake>().Ring(process.Cycle);
        process.Clock.MoveTo(World.Start + Duration.FromSeconds(59));
        await process.Product.Get<Intake>().Ring(process.Cycle);
        process.Bell.Rings.ShouldBe(2);

        process.Clock.MoveTo(World.Start + Duration.FromMinutes(1));
        await process.Product.Get<Intake>().Ring(process.Cycle);
        process.Bell.Rings.ShouldBe(3);
        (await WakeOf(process)).Next.ShouldBe(World.Start);
    }

    private static Fact VoteOfTheLead(Snapshot cycle)
    {
        var lead = cycle.Members(Role.DivisionLead)[0];
        return new Voted(1, lead, cycle.KickOff.CaseStudies[0].Id, lead, cycle.KickOff.At);
    }

    private static async Task DieAfterTheFact(OneProcess process)
    {
        process.Fate = Fate.DiesAt(2, Death.After);
        process.Restart();
        await Should.ThrowAsync<CrashException>(() => process.Record(VoteOfTheLead));
        process.Restart();
        (await process.Snapshot()).All<Voted>().ShouldNotBeEmpty();
    }

    private static async Task<Wake> WakeOf(OneProcess process) => (await process.Product.Get<Wakes>().Find(process.Cycle))!;
}
