using System.Collections.Immutable;
using Cohesion.Workflows.Cycles;
using NodaTime;

namespace Cohesion.Workflows.Planning;

/// <summary>What follows where a coordinator stops a community: it ends by its closing step, as others do.</summary>
internal static class Stopping
{
    public static ImmutableList<Fact> Follows(Snapshot cycle, Instant now) =>
    [
        new CycleStopped(now, [.. Concerned(cycle, now)]),
        .. cycle.RoundOf(StageIds.WrapUp) is null ? [new StageOpened(StageIds.WrapUp, 1, now)] : Array.Empty<Fact>(),
    ];

    /// <summary>Whether a stopped community has nothing left to do: no sealed answer, and no session in a calendar that a service holds.</summary>
    public static bool IsDone(Snapshot cycle) =>
        (cycle.OutcomeOf<SurveyClosed>(StageIds.SurveyCollection) is not null || !cycle.All<SurveyRound>().Any())
        && (cycle.KickOff.Calendar != CalendarCarrier.Service || !cycle.IsOff() || cycle.GoneEvents().Any()
            || (cycle.All<EventWanted>().All(one => one.IsCancelled) && !cycle.UntoldEvents().Any()));

    /// <summary>Before the session all who have heard of it and have not said no; after it, who is asked something. The coordinator knows.</summary>
    private static IEnumerable<PersonId> Concerned(Snapshot cycle, Instant now) =>
        (now >= cycle.Session()?.Starts ? Planner.Plan(cycle, now).WaitingFor : cycle.All<Member>().Where(member => IsIn(cycle, member)).Select(member => member.Person))
            .Where(person => person != cycle.Coordinator && (cycle.InCalendar(person) is not null || cycle.IssuedTo(person).Any(issued => issued.Accepted is not null)))
            .Distinct();

    private static bool IsIn(Snapshot cycle, Member member) => cycle.HasRole(member.Role, member.Person) && member.Role switch
    {
        Role.Participant => !HasDeclined(cycle, member.Person),
        Role.Facilitator => cycle.NewestOf<LeadingAnswered>(member.Person) is not { Leads: false },
        _ => true,
    };

    private static bool HasDeclined(Snapshot cycle, PersonId person) =>
        cycle.RoundOf(StageIds.Attendance) is { } round && cycle.Find<Replied>(Replied.RowOf(round.Round, person)) is { Comes: false };
}
