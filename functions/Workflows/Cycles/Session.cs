using NodaTime;

namespace Cohesion.Workflows.Cycles;

/// <summary>The learning session, once its date is fixed.</summary>
public sealed record Session(LocalDateTime LocalStart, Instant Starts, Instant Ends);

/// <summary>What several stages read of a cycle.</summary>
public static class SnapshotReading
{
    public static Session? Session(this Snapshot cycle)
    {
        if (cycle.OutcomeOf<SessionDated>(StageIds.Scheduling) is not { } dated)
        {
            return null;
        }

        var starts = DateTimeZoneProviders.Tzdb[dated.Zone].AtLeniently(dated.Starts).ToInstant();
        return new Session(dated.Starts, starts, starts + Duration.FromMinutes(cycle.Policy.Scheduling.SessionMinutes));
    }

    /// <summary>What the partners prepare, each with what was told of it last, or null.</summary>
    public static IEnumerable<(PreparationAsked Asked, PreparationTold? Told)> Preparations(this Snapshot cycle) =>
        cycle.All<PreparationAsked>().Select(asked => (asked, cycle.All<PreparationTold>().LastOrDefault(told => told.Task == asked.Task.Id)));

    /// <summary>The facilitators who have said that they lead.</summary>
    public static IEnumerable<PersonId> Leading(this Snapshot cycle) =>
        cycle.RoundOf(StageIds.FacilitatorTraining) is { } round
            ? cycle.Answers<LeadingAnswered>(round).Where(answer => answer.Leads).Select(answer => answer.Person)
            : [];

    /// <summary>Whether a facilitator has done the train-the-trainer module.</summary>
    public static bool HasDoneModule(this Snapshot cycle, PersonId facilitator) =>
        cycle.RoundOf(StageIds.FacilitatorTraining) is { } round
        && cycle.Answers<ModuleDone>(round).Any(done => done.Done && done.Person == facilitator);

    /// <summary>Whether a facilitator's disclosure is needed and missing.</summary>
    public static bool OwesDisclosure(this Snapshot cycle, PersonId facilitator) =>
        cycle.Policy.FacilitatorTraining.NeedsDisclosure
        && cycle.RoundOf(StageIds.FacilitatorTraining) is { } round
        && !cycle.Answers<Disclosed>(round).Any(disclosed => disclosed.Person == facilitator);

    /// <summary>Who chooses the date, and is bound by it then: those who lead, the Division lead, the coach.</summary>
    public static IEnumerable<PersonId> Choosers(this Snapshot cycle) =>
        cycle.Leading().Concat(cycle.Members(Role.DivisionLead)).Concat(cycle.Members(Role.Coach)).Distinct();

    /// <summary>Who was at the session, as its list says.</summary>
    public static IEnumerable<PersonId> Attendees(this Snapshot cycle) =>
        cycle.RoundOf(StageIds.Attendance) is { } round && cycle.Answers<AttendanceListed>(round).SingleOrDefault() is { } listed
            ? cycle.Answers<Attended>(round).Where(one => one.Was && one.List == listed.List).Select(one => one.Person)
            : [];
}
