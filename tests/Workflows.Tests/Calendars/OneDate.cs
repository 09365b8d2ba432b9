using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Testing;
using Cohesion.Workflows.Tests.Walking;
using Cohesion.Workflows.Walking;
using NodaTime;

namespace Cohesion.Workflows.Tests.Calendars;

/// <summary>A cycle whose session has a date.</summary>
internal static class OneDate
{
    public const string Lead = "Lead 1";

    public static readonly LocalDateTime Evening = new(2027, 5, 27, 18, 0);

    /// <summary>Facilitator 1 leads and has marked the evening; lead and coach have marked nothing.</summary>
    public static async Task FixTheDate(this OneProcess process)
    {
        var (cycle, now) = (await process.Snapshot(), process.Clock.Now);
        var leads = (await process.Named("Facilitator 1")).Id;
        await process.Record(
            new StageOpened(StageIds.FacilitatorTraining, 1, now),
            new LeadingAnswered(1, leads, Leads: true, leads, now),
            new StageOpened(StageIds.Scheduling, 1, now),
            new SlotsProposed(1, cycle.Coordinator, [Evening], cycle.Coordinator, now),
            new SlotsMarked(1, leads, [Evening], leads, now),
            new SessionDated(StageIds.Scheduling, 1, now, Evening, cycle.KickOff.Zone));
    }

    public static Task<bool> Record(this OneProcess process, params IReadOnlyList<Fact> facts) =>
        process.Product.Get<Intake>().Record(process.Cycle, facts);

    public static async Task<Person> Named(this OneProcess process, string name) =>
        (await process.Product.Get<People>().At(Townsfolk.AddressOf(name))).Single(person => person.Name == name);
}
