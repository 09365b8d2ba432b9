using Cohesion.Workflows.Adaptations;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Testing;

namespace Cohesion.Workflows.Tests.Adaptations;

public sealed class AdaptationWordsTests
{
    [Fact]
    public void A_mail_that_goes_out_at_another_hour_of_its_day_is_told_with_both()
    {
        var lines = LinesOf(new SetPolicy("asksAt", "10:00"));
        lines.ShouldContain(line => line.StartsWith("lead: A mail on Fri 5 Mar, 10:00 am, not Fri 5 Mar, 9:00 am:", StringComparison.Ordinal), string.Join('\n', lines));
    }

    /// <summary>Saturday's mail waits for Monday's first hour, whenever on Saturday it is due.</summary>
    [Fact]
    public void A_mail_that_goes_out_when_it_would_have_is_not_told()
    {
        var lines = LinesOf(new SetPolicy("caseStudySelection.asks.reminder-1", "5"));
        lines.ShouldContain(line => line.StartsWith("lead: A mail on Mon 8 Mar, not Fri 5 Mar:", StringComparison.Ordinal), string.Join('\n', lines));
        LinesOf(new SetPolicy("asksAt", "10:00"), new SetPolicy("caseStudySelection.asks.reminder-1", "5")).ShouldNotContain(line => line.Contains("Mon 8 Mar", StringComparison.Ordinal));
    }

    /// <summary>On the second of March nobody has voted.</summary>
    private static IReadOnlyList<string> LinesOf(Adaptation what, params Adaptation[] before)
    {
        var cycle = PlanDriver.KickedOff("2027-03-01T10:00").RunsUntil("2027-03-02T12:00");
        Array.ForEach(before, adaptation => cycle.Adapts(adaptation).TakesATurn());
        var diff = AdaptationDiff.Of(cycle.Cycle, Adapting.Follows(cycle.Cycle, what, Cast.Coordinator, cycle.Now)!, cycle.Now);
        var known = cycle.Cycle.All<Member>().Select(member => member.Person).Distinct().ToDictionary(id => id, id => new Person(id, id.Value, $"{id}@x.example", "America/Vancouver"));
        return new AdaptationWords(diff, known, []).Lines;
    }
}
