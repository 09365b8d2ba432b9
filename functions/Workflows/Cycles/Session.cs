using System.Collections.Immutable;
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
    public static Session? Session(this Snapshot cycle) => cycle.Once(static cycle =>
        cycle.OutcomeOf<SessionDated>(StageIds.Scheduling) is { } dated ? cycle.SessionAt(dated.Starts) : null);

    /// <summary>Whether the session has lost its date: whoever had a seat has none until there is another.</summary>
    public static bool IsPostponed(this Snapshot cycle) => cycle.OutcomeOf<SessionPostponed>(StageIds.Attendance) is not null;

    /// <summary>Whether people may be invited as soon as there is a date: the case is chosen, and enough have trained.</summary>
    public static bool MayInvite(this Snapshot cycle) =>
        cycle.OutcomeOf<FacilitatorsTrained>(StageIds.FacilitatorTraining) is not null && cycle.OutcomeOf<CaseStudyChosen>(StageIds.CaseStudySelection) is not null;

    /// <summary>Whether people are invited: not to a session that has lost its date.</summary>
    public static bool AreInvited(this Snapshot cycle) => cycle.RoundOf(StageIds.Attendance) is not null && !cycle.IsPostponed();

    /// <summary>The session, were it to start then.</summary>
    public static Session SessionAt(this Snapshot cycle, LocalDateTime local)
    {
        var starts = DateTimeZoneProviders.Tzdb[cycle.KickOff.Zone].AtLeniently(local).ToInstant();
        return new Session(local, starts, starts + Duration.FromMinutes(cycle.Policy.Scheduling.SessionMinutes));
    }

    /// <summary>Where the session takes place; null while that is not known.</summary>
    public static string? Place(this Snapshot cycle) => cycle.Venue() is { Place.Length: > 0 } told ? told.Place : null;

    /// <summary>What was told of the place last; null where nothing was.</summary>
    public static VenueTold? Venue(this Snapshot cycle) =>
        cycle.RoundOf(StageIds.Scheduling) is { } round ? cycle.Answers<VenueTold>(round).SingleOrDefault() : null;

    /// <summary>Who does what the Division is to do: its staff, else its lead.</summary>
    public static ImmutableList<PersonId> Division(this Snapshot cycle) =>
        cycle.Members(Role.DivisionStaff) is { Count: > 0 } staff ? staff : cycle.Members(Role.DivisionLead);

    /// <summary>The deadline of a stage's newest round, as people were told it; null before they were.</summary>
    public static Instant? Deadline(this Snapshot cycle, StageId stage) =>
        cycle.RoundOf(stage) is { } round ? cycle.Find<DeadlineSet>(DeadlineSet.RowOf(stage, round.Round))?.At : null;

    public static IEnumerable<PartnerPreparation> Preparations(this Snapshot cycle) =>
        cycle.All<PreparationAsked>().Select(asked => new PartnerPreparation(asked, cycle.ToldOf(asked.Task.Id)));

    /// <summary>What was told of a partner's task last, or null.</summary>
    public static PreparationTold? ToldOf(this Snapshot cycle, string task) => cycle.All<PreparationTold>().LastOrDefault(told => told.Task == task);

    /// <summary>The number at which people may call the coach; null where there is none, or another took the coach's place since.</summary>
    public static string? CoachPhone(this Snapshot cycle) => cycle.All<MemberLeft>().Any(left => left.Role == Role.Coach) ? null : cycle.KickOff.CoachPhone;

    /// <summary>The facilitators who have said that they lead.</summary>
    public static IEnumerable<PersonId> Leading(this Snapshot cycle) => cycle.All<LeadingAnswered>()
        .Select(answer => answer.Person)
        .Distinct()
        .Where(person => cycle.NewestOf<LeadingAnswered>(person)!.Leads && cycle.HasRole(Role.Facilitator, person));

    /// <summary>Who is in reserve to lead, in the order in which they are asked: not who led and left.</summary>
    public static IEnumerable<PersonId> Reserves(this Snapshot cycle) =>
        cycle.All<Reserve>().Select(reserve => reserve.Person).Except(cycle.All<Member>().Where(member => member.Role == Role.Facilitator).Select(member => member.Person));

    /// <summary>The choice of the case study that stands: while it is gone back to, the one before; null before there is one.</summary>
    public static CaseStudyChosen? Chosen(this Snapshot cycle) => cycle.All<CaseStudyChosen>().LastOrDefault();

    /// <summary>Whether the case is open again: one was chosen, and the training has begun with it.</summary>
    public static bool IsChosenAgain(this Snapshot cycle) => cycle.Chosen() is not null && cycle.OutcomeOf<CaseStudyChosen>(StageIds.CaseStudySelection) is null;

    /// <summary>The title of the case study that the session works through; null before it is chosen.</summary>
    public static string? ChosenCase(this Snapshot cycle) => cycle.Chosen() is { } chosen ? cycle.KickOff.TitleOf(chosen.CaseStudy) : null;

    /// <summary>Whether a facilitator has done the train-the-trainer module, or the refresh where that is enough.</summary>
    public static bool HasDoneModule(this Snapshot cycle, PersonId facilitator) => cycle.NewestOf<ModuleDone>(facilitator) is { Done: true };

    /// <summary>Whether a facilitator's disclosure is needed and missing.</summary>
    public static bool OwesDisclosure(this Snapshot cycle, PersonId facilitator) =>
        cycle.Policy.FacilitatorTraining.NeedsDisclosure && cycle.NewestOf<Disclosed>(facilitator) is null;

    /// <summary>Who chooses the date, and is bound by it then: those who lead, the Division lead, the coach.</summary>
    public static ImmutableList<PersonId> Choosers(this Snapshot cycle) => cycle.Once(static cycle =>
        cycle.Leading().Concat(cycle.Members(Role.DivisionLead)).Concat(cycle.Members(Role.Coach)).Distinct().ToImmutableList());

    /// <summary>The list of the session that counts: the newest; null before there is one.</summary>
    public static AttendanceListed? List(this Snapshot cycle) =>
        cycle.RoundOf(StageIds.Attendance) is { } round ? cycle.Answers<AttendanceListed>(round).MaxBy(listed => listed.Number) : null;

    /// <summary>Who has checked in to the session.</summary>
    public static IEnumerable<PersonId> ThoseCheckedIn(this Snapshot cycle) =>
        cycle.RoundOf(StageIds.Attendance) is { } round
            ? cycle.Answers<CheckedIn>(round).Where(one => one.IsThere).Select(one => one.Person)
            : [];

    /// <summary>Whether a person was at the session, as its list says; before there is one, as they said when they checked in.</summary>
    public static bool WasThere(this Snapshot cycle, PersonId person) =>
        (cycle.List() is null ? cycle.ThoseCheckedIn() : cycle.Attendees()).Contains(person);

    /// <summary>From when on those who are there are offered the survey; null while there is no date.</summary>
    public static Instant? SurveyOffered(this Snapshot cycle) =>
        cycle.Session()?.Ends - Duration.FromMinutes(cycle.Policy.SurveyCollection.OpensMinutesBeforeEnd);

    /// <summary>Since when the list that counts has had a person: corrections that left them on it do not change that.</summary>
    public static Instant? ListedSince(this Snapshot cycle, PersonId person) => cycle.FirstListOf(person)?.At;

    /// <summary>From which list on a person has been on all up to the one that counts; null where that one has them not.</summary>
    public static AttendanceListed? FirstListOf(this Snapshot cycle, PersonId person) =>
        cycle.RoundOf(StageIds.Attendance) is { } round
            ? cycle.Answers<AttendanceListed>(round)
                .OrderByDescending(listed => listed.Number)
                .TakeWhile(listed => cycle.Find<Attended>(Attended.RowOf(round.Round, listed.List, person)) is { Was: true })
                .LastOrDefault()
            : null;

    /// <summary>Who was at the session, as its list says.</summary>
    public static IEnumerable<PersonId> Attendees(this Snapshot cycle) =>
        cycle.RoundOf(StageIds.Attendance) is { } round && cycle.List() is { } listed
            ? cycle.Answers<Attended>(round).Where(one => one.Was && one.List == listed.List).Select(one => one.Person)
            : [];

    /// <summary>The id by which the accreditor knows the session; null before it is told.</summary>
    public static SessionIdTold? SessionId(this Snapshot cycle) =>
        cycle.All<SessionIdTold>().SingleOrDefault() is { Id.Length: > 0 } told ? told : null;
}
