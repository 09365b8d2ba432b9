using System.Collections.Immutable;
using NodaTime;

namespace Cohesion.Workflows.Cycles;

/// <summary>How far a coach's task is.</summary>
public enum CoachTaskState
{
    ToDo,

    /// <summary>The coach has been in touch, and waits for the person.</summary>
    Contacted,

    /// <summary>There is a quality-improvement plan.</summary>
    Planned,

    Done,

    NotNow,

    /// <summary>Given up after several tries.</summary>
    NotReached,
}

/// <summary>What a coach said of a task last; told again, it replaces what was told before.</summary>
/// <param name="Round">The stage's round.</param>
/// <param name="Person">The coach.</param>
/// <param name="Task">"community", or the id of the person who asked.</param>
/// <param name="Number">How often something was told of the task: part of message keys, since what is told starts a new wait.</param>
/// <param name="State">How far it is.</param>
/// <param name="By">Who recorded it.</param>
/// <param name="At">When.</param>
/// <param name="Tries">When the coach tried and got no answer.</param>
/// <param name="Snoozed">No reminder before that day.</param>
/// <param name="Plan">What will change, in the coach's words.</param>
public sealed record CoachTaskTold(
    int Round,
    PersonId Person,
    string Task,
    int Number,
    CoachTaskState State,
    PersonId By,
    Instant At,
    ImmutableList<Instant>? Tries = null,
    LocalDate? Snoozed = null,
    string? Plan = null) : Answer(Round, Person, By, At)
{
    public override string Row() => RowFact.Of("coach-task-told", RowFact.Round(Round), Task);
}

/// <summary>What somebody wants to change, and be reminded of; or that they do not after all.</summary>
/// <param name="Round">The stage's round.</param>
/// <param name="Person">Who.</param>
/// <param name="Commitment">In their words; "" where they gave none, and where they took it back.</param>
/// <param name="By">Who recorded it.</param>
/// <param name="At">When.</param>
/// <param name="Wanted">False takes it back.</param>
public sealed record Committed(int Round, PersonId Person, string Commitment, PersonId By, Instant At, bool Wanted = true) : Answer(Round, Person, By, At)
{
    public override string Row() => RowNamed("committed");
}

/// <summary>Whether somebody has done what they wanted to.</summary>
public enum Kept
{
    Yes,
    Partly,
    NotYet,
}

/// <summary>What somebody says of their commitment when they are reminded of it.</summary>
public sealed record CommitmentAnswered(int Round, PersonId Person, Kept Kept, PersonId By, Instant At) : Answer(Round, Person, By, At)
{
    public override string Row() => RowNamed("commitment-answered");
}

/// <summary>A coach's task, with what was told of it last.</summary>
/// <param name="Id">"community", or the id of the person who asked.</param>
/// <param name="Since">When it was given.</param>
/// <param name="Told">Null before anything was told.</param>
public sealed record CoachTask(string Id, Instant Since, CoachTaskTold? Told)
{
    /// <summary>The task that every community has.</summary>
    public const string Community = "community";

    public CoachTaskState State => Told?.State ?? CoachTaskState.ToDo;

    public bool IsOpen => State is CoachTaskState.ToDo or CoachTaskState.Contacted or CoachTaskState.Planned;

    public ImmutableList<Instant> Tries => Told?.Tries ?? [];

    public string Plan => Told?.Plan ?? "";

    /// <summary>Whether the task came to a plan, done since or not.</summary>
    public bool HasPlan => Plan.Length > 0 && State is CoachTaskState.Planned or CoachTaskState.Done;

    /// <summary>The person who asked; null for the community's.</summary>
    public PersonId? Asker => Id == Community ? null : PersonId.From(Id);
}

/// <summary>What several stages and pages read of the coaching of a cycle.</summary>
public static class CoachingReading
{
    /// <summary>The community's task, from the list on, then those of the people who asked, in the order they asked; none before the stage opens.</summary>
    public static IEnumerable<CoachTask> CoachTasks(this Snapshot cycle)
    {
        if (cycle.RoundOf(StageIds.CoachingFollowUp) is not { } round)
        {
            return [];
        }

        var told = cycle.Answers<CoachTaskDone>(round).Select(Told).Concat(cycle.Answers<CoachTaskTold>(round))
            .GroupBy(one => one.Task, StringComparer.Ordinal)
            .ToDictionary(one => one.Key, one => one.MaxBy(told => told.Number), StringComparer.Ordinal);
        var ofPeople = cycle.Answers<CoachRequested>(round)
            .Where(request => request.Wanted)
            .OrderBy(request => request.At)
            .Select(request => new CoachTask(request.Person.Value, request.At, told.GetValueOrDefault(request.Person.Value)));
        return cycle.OutcomeOf<AttendanceConfirmed>(StageIds.Attendance) is { } confirmed
            ? ofPeople.Prepend(new CoachTask(CoachTask.Community, confirmed.At, told.GetValueOrDefault(CoachTask.Community)))
            : ofPeople;
    }

    /// <summary>Those who want to be reminded of what they wanted to change.</summary>
    public static IEnumerable<Committed> Commitments(this Snapshot cycle) =>
        cycle.RoundOf(StageIds.CoachingFollowUp) is { } round ? cycle.Answers<Committed>(round).Where(one => one.Wanted) : [];

    public static CommitmentAnswered? CommitmentAnswerOf(this Snapshot cycle, PersonId person) =>
        cycle.RoundOf(StageIds.CoachingFollowUp) is { } round ? cycle.Answers<CommitmentAnswered>(round).SingleOrDefault(answer => answer.Person == person) : null;

    /// <summary>What was told before there was more to tell than "done": older cycles have it.</summary>
    private static CoachTaskTold Told(CoachTaskDone done) =>
        new(done.Round, done.Person, done.Task, 0, done.Done ? CoachTaskState.Done : CoachTaskState.ToDo, done.By, done.At);
}
