using System.Collections.Immutable;
using NodaTime;

namespace Cohesion.Workflows.Cycles;

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
