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
