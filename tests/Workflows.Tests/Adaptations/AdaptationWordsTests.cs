using Cohesion.Workflows.Adaptations;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Testing;

namespace Cohesion.Workflows.Tests.Adaptations;

public sealed class AdaptationWordsTests
{
    [Fact]
    public void A_mail_that_goes_out_at_another_hour_of_its_day_is_told_with_both() =>
        LinesOf(Haste.Asks, new SetPolicy("asksAt", "10:00")).ShouldContain(line => line.StartsWith("lead: A mail on Fri 5 Mar, 10:00 am, not Fri 5 Mar, 9:00 am:", StringComparison.Ordinal));

    /// <summary>Saturday's mail waits for Monday's first hour, whenever on Saturday it is due.</summary>
    [Fact]
    public void A_mail_that_goes_out_when_it_would_have_is_not_told()
    {
        var onSaturday = new SetPolicy("caseStudySelection.asks.reminder-1", "5");
        LinesOf(Haste.Asks, onSaturday).ShouldContain(line => line.StartsWith("lead: A mail on Mon 8 Mar, not Fri 5 Mar:", StringComparison.Ordinal));
        LinesOf(Haste.Asks, new SetPolicy("asksAt", "10:00"), onSaturday).ShouldNotContain(line => line.StartsWith("lead: A mail on Mon 8 Mar", StringComparison.Ordinal));
    }

    [Fact]
    public void A_mail_that_cannot_wait_is_told_with_its_own_hour() =>
        LinesOf(Haste.AtOnce, new SetPolicy("asksAt", "10:00"), new SetPolicy("caseStudySelection.asks.reminder-1", "5"))
            .ShouldContain(line => line.StartsWith("lead: A mail on Sat 6 Mar, 10:00 am, not Sat 6 Mar, 9:00 am:", StringComparison.Ordinal));

    /// <summary>Nobody has voted: the coordinator is to decide, and hears of it in the morning, whenever it is due.</summary>
    [Fact]
    public void The_coordinator_s_mail_has_no_hour_of_the_day()
    {
        LinesOf(Haste.Asks, Undecided(), new SetPolicy("decisions.reminder-1", "5")).ShouldContain(line => line.StartsWith("coordinator: A mail on", StringComparison.Ordinal));
        LinesOf(Haste.Asks, Undecided(), new SetPolicy("asksAt", "10:00")).ShouldNotContain(line => line.StartsWith("coordinator: A mail on", StringComparison.Ordinal));
    }

    private static PlanDriver Undecided() => PlanDriver.KickedOff("2027-03-01T10:00").RunsUntil("2027-03-12T12:00");

    /// <summary>On the second of March nobody has voted.</summary>
    private static IReadOnlyList<string> LinesOf(Haste haste, Adaptation what, params Adaptation[] before)
    {
        var cycle = PlanDriver.KickedOff("2027-03-01T10:00").RunsUntil("2027-03-02T12:00");
        Array.ForEach(before, adaptation => cycle.Adapts(adaptation).TakesATurn());
        return LinesOf(haste, cycle, what);
    }

    private static IReadOnlyList<string> LinesOf(Haste haste, PlanDriver cycle, Adaptation what)
    {
        var diff = AdaptationDiff.Of(cycle.Cycle, Adapting.Follows(cycle.Cycle, what, Cast.Coordinator, cycle.Now)!, cycle.Now);
        var known = cycle.Cycle.All<Member>().Select(member => member.Person).Distinct().ToDictionary(id => id, id => new Person(id, id.Value, $"{id}@x.example", "America/Vancouver"));
        return new AdaptationWords(diff, known, [], (_, _) => haste).Lines;
    }
}
