using NodaTime;

namespace Cohesion.Workflows.Cycles;

/// <summary>The learning session, once its date is fixed.</summary>
public sealed record Session(LocalDateTime LocalStart, Instant Starts, Instant Ends);

/// <summary>Something that a partner prepares, with what was told of it last, or null.</summary>
public sealed record PartnerPreparation(PreparationAsked Asked, PreparationTold? Told)
{
    public PreparationState State => Told?.State ?? PreparationState.Open;

    public string Note => Told?.Note ?? "";
}

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

    public static IEnumerable<PartnerPreparation> Preparations(this Snapshot cycle) => cycle.All<PreparationAsked>()
        .Select(asked => new PartnerPreparation(asked, cycle.All<PreparationTold>().LastOrDefault(told => told.Task == asked.Task.Id)));

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

    /// <summary>The list of the session that counts: the newest; null before there is one.</summary>
    public static AttendanceListed? List(this Snapshot cycle) =>
        cycle.RoundOf(StageIds.Attendance) is { } round ? cycle.Answers<AttendanceListed>(round).MaxBy(listed => listed.Number) : null;

    /// <summary>Who was at the session, as its list says.</summary>
    public static IEnumerable<PersonId> Attendees(this Snapshot cycle) =>
        cycle.RoundOf(StageIds.Attendance) is { } round && cycle.List() is { } listed
            ? cycle.Answers<Attended>(round).Where(one => one.Was && one.List == listed.List).Select(one => one.Person)
            : [];
}
