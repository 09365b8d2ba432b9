using System.Collections.Immutable;
using System.Text.Json.Serialization;
using NodaTime;

namespace Cohesion.Workflows.Cycles;

/// <summary>Something that is so in a cycle: what plans read. A later fact of the same row replaces the earlier one.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "fact")]
[JsonDerivedType(typeof(KickOff), "kick-off")]
[JsonDerivedType(typeof(Member), "member")]
[JsonDerivedType(typeof(Reserve), "reserve")]
[JsonDerivedType(typeof(PreparationAsked), "preparation-asked")]
[JsonDerivedType(typeof(PreparationTold), "preparation-told")]
[JsonDerivedType(typeof(StageOpened), "stage-opened")]
[JsonDerivedType(typeof(DeadlineSet), "deadline")]
[JsonDerivedType(typeof(Issued), "issued")]
[JsonDerivedType(typeof(Told), "told")]
[JsonDerivedType(typeof(Voted), "voted")]
[JsonDerivedType(typeof(CaseStudyDecided), "case-study-decided")]
[JsonDerivedType(typeof(LeadingAnswered), "leading-answered")]
[JsonDerivedType(typeof(ModuleDone), "module-done")]
[JsonDerivedType(typeof(Disclosed), "disclosed")]
[JsonDerivedType(typeof(SlotsProposed), "slots-proposed")]
[JsonDerivedType(typeof(SlotsMarked), "slots-marked")]
[JsonDerivedType(typeof(VenueTold), "venue-told")]
[JsonDerivedType(typeof(Replied), "replied")]
[JsonDerivedType(typeof(RegistrationForwarded), "registration-forwarded")]
[JsonDerivedType(typeof(Seat), "seat")]
[JsonDerivedType(typeof(GoAsked), "go-asked")]
[JsonDerivedType(typeof(GoDecided), "go-decided")]
[JsonDerivedType(typeof(CheckedIn), "checked-in")]
[JsonDerivedType(typeof(HomeworkDone), "homework-done")]
[JsonDerivedType(typeof(Attended), "attended")]
[JsonDerivedType(typeof(AttendanceListed), "attendance-listed")]
[JsonDerivedType(typeof(SurveyRound), "survey-round")]
[JsonDerivedType(typeof(SurveyAnswered), "survey-answered")]
[JsonDerivedType(typeof(SurveyDeclined), "survey-declined")]
[JsonDerivedType(typeof(SurveyResults), "survey-results")]
[JsonDerivedType(typeof(SurveyText), "survey-text")]
[JsonDerivedType(typeof(SurveyUnsealed), "survey-unsealed")]
[JsonDerivedType(typeof(CoachRequested), "coach-requested")]
[JsonDerivedType(typeof(CoachTaskDone), "coach-task-done")]
[JsonDerivedType(typeof(CoachTaskTold), "coach-task-told")]
[JsonDerivedType(typeof(Committed), "committed")]
[JsonDerivedType(typeof(CommitmentAnswered), "commitment-answered")]
[JsonDerivedType(typeof(NextDecided), "next-decided")]
[JsonDerivedType(typeof(SessionIdTold), "session-id-told")]
[JsonDerivedType(typeof(NameCorrected), "name-corrected")]
[JsonDerivedType(typeof(AddressCorrected), "address-corrected")]
[JsonDerivedType(typeof(TrainedBefore), "trained-before")]
[JsonDerivedType(typeof(PreparationClosed), "preparation-closed")]
[JsonDerivedType(typeof(CaseStudyChosen), "case-study-chosen")]
[JsonDerivedType(typeof(FacilitatorsTrained), "facilitators-trained")]
[JsonDerivedType(typeof(SessionDated), "session-dated")]
[JsonDerivedType(typeof(SessionPostponed), "session-postponed")]
[JsonDerivedType(typeof(AttendanceConfirmed), "attendance-confirmed")]
[JsonDerivedType(typeof(SurveyClosed), "survey-closed")]
[JsonDerivedType(typeof(CoachingClosed), "coaching-closed")]
[JsonDerivedType(typeof(CycleEnded), "cycle-ended")]
[JsonDerivedType(typeof(EventWanted), "event-wanted")]
[JsonDerivedType(typeof(EventKept), "event-kept")]
[JsonDerivedType(typeof(CalendarAnswered), "calendar-answered")]
[JsonDerivedType(typeof(Adapted), "adapted")]
[JsonDerivedType(typeof(PolicyAdapted), "policy-adapted")]
[JsonDerivedType(typeof(MemberLeft), "member-left")]
[JsonDerivedType(typeof(CycleStopped), "cycle-stopped")]
[JsonDerivedType(typeof(Paused), "paused")]
public abstract record Fact
{
    /// <summary>The fact's place among the facts of its cycle; one fact stands at a row.</summary>
    public abstract string Row();

    /// <summary>Whether the first one stands: recorded again, by another tab or person, it is refused.</summary>
    public virtual bool IsOnce() => false;
}

/// <summary>What the coordinator submitted, with the programme's policy as it was then.</summary>
/// <param name="Community">The community's name as people write it.</param>
/// <param name="Zone">The community's IANA time zone.</param>
/// <param name="Phone">A number that people can call, as typed.</param>
/// <param name="Programme">The programme's id.</param>
/// <param name="CaseStudies">The case studies on offer.</param>
/// <param name="Policy">The programme's policy, merged with what this cycle overrides.</param>
/// <param name="At">When the form was submitted.</param>
/// <param name="PostalAddress">The programme's, or null.</param>
/// <param name="Blackouts">Days on which there is to be no session.</param>
/// <param name="OpenRegistration">Whether the Division forwards one link, by which anybody can register.</param>
/// <param name="Accreditation">The programme's, or null: then there are no certificates.</param>
/// <param name="Calendar">By whom the session gets into people's calendars.</param>
/// <param name="CoachPhone">A number at which people may call the coach, as typed, or null.</param>
/// <param name="ProgrammeVersion">Which version of the programme it started with; 0 as delivered.</param>
public sealed record KickOff(
    string Community,
    string Zone,
    string Phone,
    string Programme,
    ImmutableList<CaseStudy> CaseStudies,
    Policy Policy,
    Instant At,
    string? PostalAddress = null,
    ImmutableList<DaySpan>? Blackouts = null,
    bool OpenRegistration = false,
    Accreditation? Accreditation = null,
    CalendarCarrier Calendar = CalendarCarrier.Mail,
    string? CoachPhone = null,
    int ProgrammeVersion = 0)
    : Fact
{
    public override string Row() => "kick-off";

    public bool IsBlackedOut(LocalDate date) => Blackouts?.Exists(span => span.From <= date && date <= span.To) ?? false;

    public string TitleOf(string caseStudy) => CaseStudies.Single(offered => offered.Id == caseStudy).Title;
}

/// <summary>The days from one to another, both counted.</summary>
public sealed record DaySpan(LocalDate From, LocalDate To);

/// <summary>A person has a role in the cycle.</summary>
/// <param name="Role">What the person does in it.</param>
/// <param name="Person">Who.</param>
/// <param name="At">Since when: a substitute's ladder starts there.</param>
/// <param name="By">
/// Who added them later: the person, where they registered by the link. Null for who was there from the start, or before this was kept.
/// </param>
public sealed record Member(Role Role, PersonId Person, Instant At, PersonId? By = null) : Fact
{
    public override string Row() => RowOf(Role, Person);

    public static string RowOf(Role role, PersonId person) => RowFact.Of("member", role.Id(), person);
}

/// <summary>Who is asked to lead where a facilitator is lost.</summary>
/// <param name="Rank">From 1: asked in this order.</param>
/// <param name="Person">Who.</param>
/// <param name="At">When they were named.</param>
public sealed record Reserve(int Rank, PersonId Person, Instant At) : Fact
{
    public override string Row() => RowFact.Of("reserve", Rank.ToString("0000", System.Globalization.CultureInfo.InvariantCulture));
}

/// <summary>A partner's person is to prepare something, as the programme had it when the cycle started.</summary>
public sealed record PreparationAsked(PartnerTask Task, PersonId Person, Instant At) : Fact
{
    public override string Row() => RowFact.Of("preparation-asked", Task.Id);
}

/// <summary>A round of a stage opened. Going back opens the next round.</summary>
public sealed record StageOpened(StageId Stage, int Round, Instant At) : Fact
{
    public override string Row() => RowFact.Of("opened", Stage, RowFact.Round(Round));
}

/// <summary>The deadline that people were told.</summary>
/// <param name="Stage">Whose.</param>
/// <param name="Round">Which round of it.</param>
/// <param name="At">The moment people read; the stage closes a little later.</param>
/// <param name="Moved">How often it moved because the last ask had not reached the silent.</param>
/// <param name="InPlaceOf">When it would be, where a coordinator set another; null where none did.</param>
public sealed record DeadlineSet(StageId Stage, int Round, Instant At, int Moved, Instant? InPlaceOf = null) : Fact
{
    public override string Row() => RowOf(Stage, Round);

    public static string RowOf(StageId stage, int round) => RowFact.Of("deadline", stage, RowFact.Round(round));
}

/// <summary>A message was handed to the post; the sender adds what became of it.</summary>
/// <param name="Key">Which message.</param>
/// <param name="At">When.</param>
/// <param name="Accepted">When the provider took it.</param>
/// <param name="Bounced">When the provider refused it for good.</param>
/// <param name="Withdrawn">When it was no longer wanted, before it went out.</param>
/// <param name="Calendar">What it tells its reader's calendar; null where nothing.</param>
/// <param name="Mail">The operation id of the mail in which it was accepted: what remains of it when the post has forgotten it.</param>
public sealed record Issued(
    MessageKey Key,
    Instant At,
    Instant? Accepted = null,
    Instant? Bounced = null,
    Instant? Withdrawn = null,
    CalendarEntry? Calendar = null,
    Guid? Mail = null)
    : Fact
{
    public override string Row() => RowOf(Key);

    public static string RowOf(MessageKey key) => RowFact.Of("issued", key.Stage, key.Kind, key.Person, key.Occasion);
}

/// <summary>Row names of facts.</summary>
internal static class RowFact
{
    public static string Of(params ReadOnlySpan<object> parts) => string.Join('.', parts);

    public static string Round(int round) => round.ToString("00", System.Globalization.CultureInfo.InvariantCulture);
}
