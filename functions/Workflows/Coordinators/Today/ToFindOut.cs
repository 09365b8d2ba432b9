using Cohesion.Workflows.Asks;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Stages.CoachingFollowUp;
using Cohesion.Workflows.Stages.Scheduling;

namespace Cohesion.Workflows.Coordinators.Today;

/// <summary>What a coordinator is asked to find out from others, and records for them.</summary>
internal static class ToFindOut
{
    private static readonly AskKind Place = new(StageIds.Scheduling, SchedulingPlan.VenueMissing);
    private static readonly AskKind Tasks = new(StageIds.CoachingFollowUp, CoachingFollowUpPlan.Overdue);

    public static bool IsAbout(AskKind ask) => ask == Place || ask == Tasks;

    /// <summary>Who knows.</summary>
    public static IEnumerable<(PersonId Person, Role Role)> Of(AskKind ask, Snapshot cycle) => ask == Place
        ? cycle.Division().Select(person => (person, cycle.Members(Role.DivisionStaff).Contains(person) ? Role.DivisionStaff : Role.DivisionLead))
        : cycle.Members(Role.Coach).Select(person => (person, Role.Coach));
}
