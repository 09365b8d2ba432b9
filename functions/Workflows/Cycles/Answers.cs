using System.Collections.Immutable;
using NodaTime;

namespace Cohesion.Workflows.Cycles;

/// <summary>What a person told a stage; told again, it replaces what was told before.</summary>
/// <param name="Round">The stage's round that it answers.</param>
/// <param name="Person">Whose answer it is.</param>
/// <param name="By">Who recorded it: the person, or who did it for them.</param>
/// <param name="At">When.</param>
public abstract record Answer(int Round, PersonId Person, PersonId By, Instant At) : Fact
{
    protected string RowNamed(string name) => RowFact.Of(name, RowFact.Round(Round), Person);
}

/// <summary>A line of the timeline: that a person answered, never what.</summary>
/// <param name="What">The answer's contract name: "voted".</param>
/// <param name="Round">The stage's round.</param>
/// <param name="Person">Whose answer it was.</param>
/// <param name="By">Who recorded it.</param>
/// <param name="At">When.</param>
public sealed record Told(string What, int Round, PersonId Person, PersonId By, Instant At) : Answer(Round, Person, By, At)
{
    public override string Row() => RowNamed(What);

    public static Told Of(Answer answer) => new(FactNames.Of(answer), answer.Round, answer.Person, answer.By, answer.At);
}

/// <summary>How far a partner's task is.</summary>
public enum PreparationState
{
    Open,
    Done,

    /// <summary>Not needed this time; of the accreditation, that the programme's covers the session without more.</summary>
    Waived,

    /// <summary>Of the accreditation alone: the session has none, and gives no credits.</summary>
    NotAccredited,
}

/// <summary>What became of a partner's task.</summary>
/// <param name="Round">The stage's round.</param>
/// <param name="Person">The partner's person.</param>
/// <param name="Task">The task's id.</param>
/// <param name="State">How far it is.</param>
/// <param name="Note">A link or words for those who choose the case study; "" for none.</param>
/// <param name="By">Who recorded it.</param>
/// <param name="At">When.</param>
/// <param name="Turned">When it was said otherwise whether the session is accredited, each time; null for never.</param>
public sealed record PreparationTold(
    int Round, PersonId Person, string Task, PreparationState State, string Note, PersonId By, Instant At, ImmutableList<Instant>? Turned = null)
    : Answer(Round, Person, By, At)
{
    /// <summary>The same after what was told before, if anything was.</summary>
    public PreparationTold After(PreparationTold? before) =>
        this with { Turned = (State == PreparationState.NotAccredited) == (before?.State == PreparationState.NotAccredited) ? before?.Turned : [.. before?.Turned ?? [], At] };

    public override string Row() => RowFact.Of("preparation-told", RowFact.Round(Round), Task);
}

/// <summary>How a voter ranks the case studies.</summary>
/// <param name="Round">The stage's round.</param>
/// <param name="Person">The voter.</param>
/// <param name="CaseStudy">The first choice.</param>
/// <param name="By">Who recorded it.</param>
/// <param name="At">When.</param>
/// <param name="Others">The next choices, best first; null where only the first was given.</param>
public sealed record Voted(int Round, PersonId Person, string CaseStudy, PersonId By, Instant At, ImmutableList<string>? Others = null)
    : Answer(Round, Person, By, At)
{
    public ImmutableList<string> Ranking() => [CaseStudy, .. Others ?? []];

    public override string Row() => RowNamed("voted");
}

/// <summary>The coordinator's choice where nobody voted.</summary>
public sealed record CaseStudyDecided(int Round, PersonId Person, string CaseStudy, PersonId By, Instant At)
    : Answer(Round, Person, By, At)
{
    public override string Row() => RowFact.Of("case-study-decided", RowFact.Round(Round));

    public override bool IsOnce() => true;
}

/// <summary>A facilitator leads the session, or does not.</summary>
public sealed record LeadingAnswered(int Round, PersonId Person, bool Leads, PersonId By, Instant At) : Answer(Round, Person, By, At)
{
    public override string Row() => RowNamed("leading-answered");
}

/// <summary>A facilitator has done the train-the-trainer module or its refresh, or takes that back.</summary>
/// <param name="Round">The stage's round.</param>
/// <param name="Person">The facilitator.</param>
/// <param name="By">Who recorded it.</param>
/// <param name="At">When.</param>
/// <param name="Done">Whether they have.</param>
/// <param name="IsRefresh">Whether it was the refresh.</param>
/// <param name="IsElsewhere">Whether they had trained elsewhere before, and did nothing for this session.</param>
public sealed record ModuleDone(int Round, PersonId Person, PersonId By, Instant At, bool Done = true, bool IsRefresh = false, bool IsElsewhere = false)
    : Answer(Round, Person, By, At)
{
    public override string Row() => RowNamed("module-done");
}

/// <summary>A facilitator says that they trained for the programme before.</summary>
/// <param name="Round">The stage's round.</param>
/// <param name="Person">The facilitator.</param>
/// <param name="Month">The first day of the month in which they did; null takes it back.</param>
/// <param name="By">Who recorded it.</param>
/// <param name="At">When.</param>
public sealed record TrainedBefore(int Round, PersonId Person, LocalDate? Month, PersonId By, Instant At) : Answer(Round, Person, By, At)
{
    public override string Row() => RowNamed("trained-before");
}

/// <summary>A facilitator's disclosure of conflicts of interest; given again, it replaces what was given before.</summary>
/// <param name="Round">The stage's round.</param>
/// <param name="Person">The facilitator.</param>
/// <param name="What">What there is to disclose, as typed; "" for nothing.</param>
/// <param name="By">Who recorded it.</param>
/// <param name="At">When.</param>
public sealed record Disclosed(int Round, PersonId Person, string What, PersonId By, Instant At) : Answer(Round, Person, By, At)
{
    public override string Row() => RowNamed("disclosed");
}

/// <summary>The coordinator's slots for the session, local to the community.</summary>
/// <param name="Round">The stage's round.</param>
/// <param name="Person">The coordinator.</param>
/// <param name="Slots">All that are on offer from now on.</param>
/// <param name="By">Who recorded it.</param>
/// <param name="At">When.</param>
/// <param name="Number">1, and one more each time that others are proposed while people choose: the proposal of the highest number counts.</param>
public sealed record SlotsProposed(int Round, PersonId Person, ImmutableList<LocalDateTime> Slots, PersonId By, Instant At, int Number = 1)
    : Answer(Round, Person, By, At)
{
    public override string Row() =>
        Number == 1 ? RowFact.Of("slots-proposed", RowFact.Round(Round)) : RowFact.Of("slots-proposed", RowFact.Round(Round), RowFact.Round(Number));

    public override bool IsOnce() => true;
}

/// <summary>The slots at which a person can come; none is an answer too.</summary>
/// <param name="Round">The stage's round.</param>
/// <param name="Person">Who can come.</param>
/// <param name="Slots">When.</param>
/// <param name="By">Who recorded it.</param>
/// <param name="At">When.</param>
/// <param name="Proposal">The number of the proposal that the person saw.</param>
public sealed record SlotsMarked(int Round, PersonId Person, ImmutableList<LocalDateTime> Slots, PersonId By, Instant At, int Proposal = 1)
    : Answer(Round, Person, By, At)
{
    public override string Row() => RowNamed("slots-marked");
}

/// <summary>Where the session takes place; told again, it replaces what was told before.</summary>
/// <param name="Round">The round of scheduling that fixed the date.</param>
/// <param name="Person">Who told it.</param>
/// <param name="Place">An address, or a link where it is online, as typed; "" for not known yet.</param>
/// <param name="By">Who recorded it.</param>
/// <param name="At">When.</param>
/// <param name="Number">How often it was told: part of message keys.</param>
public sealed record VenueTold(int Round, PersonId Person, string Place, PersonId By, Instant At, int Number = 1) : Answer(Round, Person, By, At)
{
    public override string Row() => RowFact.Of("venue-told", RowFact.Round(Round));
}

/// <summary>The id by which the accreditor knows the session, or that there is none after all. A session keeps it when it moves.</summary>
/// <param name="Round">Always 1: a community's session has one id.</param>
/// <param name="Person">Who told it.</param>
/// <param name="Id">As typed; "" takes it back.</param>
/// <param name="Number">From 1, and one more each time it is told.</param>
/// <param name="By">Who recorded it.</param>
/// <param name="At">When.</param>
public sealed record SessionIdTold(int Round, PersonId Person, string Id, int Number, PersonId By, Instant At) : Answer(Round, Person, By, At)
{
    public override string Row() => "session-id-told";
}

/// <summary>The spelling of a person's name was corrected; the name itself is not in the cycle.</summary>
/// <param name="Round">Always 1: it is of no stage.</param>
/// <param name="Person">Whose.</param>
/// <param name="Number">How often it has been: part of message keys.</param>
/// <param name="By">Who corrected it.</param>
/// <param name="At">When.</param>
public sealed record NameCorrected(int Round, PersonId Person, int Number, PersonId By, Instant At) : Answer(Round, Person, By, At)
{
    public override string Row() => RowOf(Person);

    public static string RowOf(PersonId person) => RowFact.Of("name-corrected", person);
}

/// <summary>A person's address was corrected; the address itself is not in the cycle.</summary>
/// <param name="Round">Always 1: it is of no stage.</param>
/// <param name="Person">Whose.</param>
/// <param name="Number">Higher each time.</param>
/// <param name="By">Who corrected it.</param>
/// <param name="At">When.</param>
public sealed record AddressCorrected(int Round, PersonId Person, int Number, PersonId By, Instant At) : Answer(Round, Person, By, At)
{
    public override string Row() => RowOf(Person);

    public static string RowOf(PersonId person) => RowFact.Of("address-corrected", person);
}

/// <summary>A participant wishes to come, or not this time. Only a turn grants seats: see <see cref="Seat"/>.</summary>
/// <param name="Round">The stage's round.</param>
/// <param name="Person">Whose reply.</param>
/// <param name="Comes">Whether.</param>
/// <param name="By">Who recorded it.</param>
/// <param name="At">When.</param>
/// <param name="Since">When the wish came in, where the reply was changed since; null for the reply's own time.</param>
/// <param name="Takes">The number of the offered seat that the person takes.</param>
/// <param name="Needs">Ids of what the person ticked: "vegan".</param>
/// <param name="Note">What else the person needs, in their words.</param>
/// <param name="Office">Who at the person's office answered for them, by name; null where the person did.</param>
public sealed record Replied(
    int Round,
    PersonId Person,
    bool Comes,
    PersonId By,
    Instant At,
    Instant? Since = null,
    int? Takes = null,
    ImmutableList<string>? Needs = null,
    string? Note = null,
    string? Office = null) : Answer(Round, Person, By, At)
{
    public override string Row() => RowOf(Round, Person);

    public static string RowOf(int round, PersonId person) => RowFact.Of("replied", RowFact.Round(round), person);

    /// <summary>When the wish came in: its place on the wait-list.</summary>
    public Instant Wished() => Since ?? At;
}

/// <summary>Somebody of the Division has forwarded the registration text, or takes that back.</summary>
public sealed record RegistrationForwarded(int Round, PersonId Person, PersonId By, Instant At, bool Done = true)
    : Answer(Round, Person, By, At)
{
    public override string Row() => RowFact.Of("registration-forwarded", RowFact.Round(Round));
}

/// <summary>A participant says on the day that they are there, or a facilitator for them; or takes that back.</summary>
public sealed record CheckedIn(int Round, PersonId Person, PersonId By, Instant At, bool IsThere = true) : Answer(Round, Person, By, At)
{
    public override string Row() => RowNamed("checked-in");
}

/// <summary>A participant has done the online module before the session, or takes that back.</summary>
public sealed record HomeworkDone(int Round, PersonId Person, PersonId By, Instant At, bool Done = true) : Answer(Round, Person, By, At)
{
    public override string Row() => RowOf(Round, Person);

    public static string RowOf(int round, PersonId person) => RowFact.Of("homework-done", RowFact.Round(round), person);
}

/// <summary>A participant was at the session, or was not, as one list says.</summary>
/// <param name="Round">The stage's round.</param>
/// <param name="Person">Who was there or not.</param>
/// <param name="Was">Whether.</param>
/// <param name="By">Who says so.</param>
/// <param name="At">When.</param>
/// <param name="List">Which list: two that are sent at once do not mix.</param>
public sealed record Attended(int Round, PersonId Person, bool Was, PersonId By, Instant At, string List = "first") : Answer(Round, Person, By, At)
{
    public override string Row() => RowOf(Round, List, Person);

    public static string RowOf(int round, string list, PersonId person) => RowFact.Of("attended", RowFact.Round(round), list, person);
}

/// <summary>A facilitator or the coordinator confirmed who was there; written after every <see cref="Attended"/> of the list that counts.</summary>
/// <param name="Round">The stage's round.</param>
/// <param name="Person">Who confirmed it.</param>
/// <param name="By">Who recorded that.</param>
/// <param name="At">When.</param>
/// <param name="List">Which list counts.</param>
/// <param name="Number">1, and one more for each correction: the list of the highest number counts.</param>
public sealed record AttendanceListed(int Round, PersonId Person, PersonId By, Instant At, string List = "first", int Number = 1) : Answer(Round, Person, By, At)
{
    public override string Row() =>
        Number == 1 ? RowFact.Of("attendance-listed", RowFact.Round(Round)) : RowFact.Of("attendance-listed", RowFact.Round(Round), RowFact.Round(Number));

    public override bool IsOnce() => true;
}

/// <summary>That a person answered the survey; never what.</summary>
public sealed record SurveyAnswered(int Round, PersonId Person, PersonId By, Instant At) : Answer(Round, Person, By, At)
{
    public override string Row() => RowNamed("survey-answered");
}

/// <summary>A person wants no more mail on the survey; they can still answer it.</summary>
public sealed record SurveyDeclined(int Round, PersonId Person, PersonId By, Instant At) : Answer(Round, Person, By, At)
{
    public override string Row() => RowNamed("survey-declined");
}

/// <summary>Somebody asks for a coach, or takes that back.</summary>
/// <param name="Round">The stage's round.</param>
/// <param name="Person">Who.</param>
/// <param name="By">Who recorded it.</param>
/// <param name="At">When.</param>
/// <param name="Wanted">False takes it back.</param>
/// <param name="Phone">Where the coach reaches them, as typed; null where they gave none.</param>
public sealed record CoachRequested(int Round, PersonId Person, PersonId By, Instant At, bool Wanted = true, string? Phone = null)
    : Answer(Round, Person, By, At)
{
    public override string Row() => RowNamed("coach-requested");
}

/// <summary>The coach is done with a task: the community's, or one person's request. Only read: <see cref="CoachTaskTold"/> takes its place.</summary>
/// <param name="Round">The stage's round.</param>
/// <param name="Person">The coach.</param>
/// <param name="Task">"community", or the id of the person who asked.</param>
/// <param name="By">Who recorded it.</param>
/// <param name="At">When.</param>
/// <param name="Done">False takes it back.</param>
public sealed record CoachTaskDone(int Round, PersonId Person, string Task, PersonId By, Instant At, bool Done = true) : Answer(Round, Person, By, At)
{
    public override string Row() => RowFact.Of("coach-task-done", RowFact.Round(Round), Task);
}
