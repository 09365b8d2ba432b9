using Cohesion.Workflows.Adaptations;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Testing;
using NodaTime;

namespace Cohesion.Workflows.Tests.Adaptations;

public sealed class PolicyWordsTests
{
    /// <summary>A rule came after the community began.</summary>
    private static readonly Snapshot AskedAtNight = PlanDriver.KickedOff("2027-03-01T10:00", change: policy => policy with { AsksAt = new LocalTime(7, 30) }).Cycle;

    [Fact]
    public void What_breaks_a_rule_already_stands_in_the_way_of_nothing_else() =>
        PolicyWords.ProblemOf(AskedAtNight, new SetPolicy("attendance.minimum", "7")).ShouldBeNull();

    [Fact]
    public void What_breaks_a_rule_already_is_held_to_it_when_it_is_changed()
    {
        PolicyWords.ProblemOf(AskedAtNight, new SetPolicy("asksAt", "06:00")).ShouldBe("Mail goes out from 8:00 am on and before 6:00 pm. Use a time in between.");
        PolicyWords.ProblemOf(AskedAtNight, new SetPolicy("asksAt", "08:00")).ShouldBeNull();
    }
}
