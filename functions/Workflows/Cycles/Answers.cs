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

    /// <summary>Not needed this time.</summary>
    Waived,
}

/// <summary>What became of a partner's task.</summary>
/// <param name="Round">The stage's round.</param>
/// <param name="Person">The partner's person.</param>
/// <param name="Task">The task's id.</param>
/// <param name="State">How far it is.</param>
/// <param name="Note">A link or words for those who choose the case study; "" for none.</param>
/// <param name="By">Who recorded it.</param>
/// <param name="At">When.</param>
public sealed record PreparationTold(int Round, PersonId Person, string Task, PreparationState State, string Note, PersonId By, Instant At)
    : Answer(Round, Person, By, At)
{
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

/// <summary>A facilitator has done the train-the-trainer module, or takes that back.</summary>
public sealed record ModuleDone(int Round, PersonId Person, PersonId By, Instant At, bool Done = true) : Answer(Round, Person, By, At)
{
    public override string Row() => RowNamed("module-done");
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
public sealed record SlotsProposed(int Round, PersonId Person, ImmutableList<LocalDateTime> Slots, PersonId By, Instant At)
    : Answer(Round, Person, By, At)
{
    public override string Row() => RowFact.Of("slots-proposed", RowFact.Round(Round));

    public override bool IsOnce() => true;
}

/// <summary>The slots at which a person can come; none is an answer too.</summary>
public sealed record SlotsMarked(int Round, PersonId Person, ImmutableList<LocalDateTime> Slots, PersonId By, Instant At)
    : Answer(Round, Person, By, At)
{
    public override string Row() => RowNamed("slots-marked");
}

/// <summary>A participant comes, or not this time.</summary>
public sealed record Replied(int Round, PersonId Person, bool Comes, PersonId By, Instant At) : Answer(Round, Person, By, At)
{
    public override string Row() => RowNamed("replied");
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
    public override string Row() => RowFact.Of("attended", RowFact.Round(Round), List, Person);
}

/// <summary>A facilitator or the coordinator confirmed who was there; written after every <see cref="Attended"/> of the list that counts.</summary>
public sealed record AttendanceListed(int Round, PersonId Person, PersonId By, Instant At, string List = "first") : Answer(Round, Person, By, At)
{
    public override string Row() => RowFact.Of("attendance-listed", RowFact.Round(Round));

    public override bool IsOnce() => true;
}

/// <summary>That a person answered the survey; never what.</summary>
public sealed record SurveyAnswered(int Round, PersonId Person, PersonId By, Instant At) : Answer(Round, Person, By, At)
{
    public override string Row() => RowNamed("survey-answered");
}

/// <summary>Somebody asks for a coach, or takes that back.</summary>
public sealed record CoachRequested(int Round, PersonId Person, PersonId By, Instant At, bool Wanted = true) : Answer(Round, Person, By, At)
{
    public override string Row() => RowNamed("coach-requested");
}

/// <summary>The coach is done with a task: the community's, or one person's request.</summary>
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

/// <summary>A survey round takes answers until it is closed. Every answer rewrites it under its ETag, so that none slips past the close.</summary>
public sealed record SurveyRound(int Round, bool Closed) : Fact
{
    public override string Row() => RowOf(Round);

    public static string RowOf(int round) => RowFact.Of("survey-round", RowFact.Round(round));
}

/// <summary>What is shown of a closed round; published once.</summary>
public sealed record SurveyResults(int Round, SurveyFigures Figures) : Fact
{
    public override string Row() => RowOf(Round);

    public static string RowOf(int round) => RowFact.Of("survey-results", RowFact.Round(round));
}

/// <summary>The closed round's sealed answers and their key are gone.</summary>
public sealed record SurveyUnsealed(int Round, Instant At) : Fact
{
    public override string Row() => RowFact.Of("survey-unsealed", RowFact.Round(Round));
}
