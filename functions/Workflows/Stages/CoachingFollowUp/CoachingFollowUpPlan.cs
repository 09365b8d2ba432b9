using System.Collections.Immutable;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using NodaTime;

namespace Cohesion.Workflows.Stages.CoachingFollowUp;

/// <summary>The coach has one task for the community and one for each person who asks; overdue ones go to the coordinator.</summary>
public sealed class CoachingFollowUpPlan : IStage
{
    public const string Task = "task";
    public const string Overdue = "overdue";
    public const string CommunityTask = "community";

    public StageId Id => StageIds.CoachingFollowUp;

    public ImmutableList<string> Kinds { get; } = [Task, Overdue];

    public StagePlan Plan(StageRound round)
    {
        var open = Tasks(round.Snapshot, round.Opened).Where(task => !task.IsDone).ToList();
        if (round.Outcome<CoachingClosed>() is not null)
        {
            // Somebody asked just as the stage closed: the coach hears of it all the same.
            return new StagePlan { Messages = [.. open.SelectMany(task => MessagesOf(round, task))] };
        }

        var noneCanCome = round.Snapshot.OutcomeOf<SurveyClosed>(StageIds.SurveyCollection) is not null;
        return open.Count == 0 && noneCanCome
            ? StagePlan.Outcome(new CoachingClosed(Id, round.Number, round.Now))
            : new StagePlan
            {
                Messages = [.. open.SelectMany(task => MessagesOf(round, task))],
                WaitingFor = open.Count == 0 ? [] : round.Snapshot.Members(Role.Coach),
            };
    }

    /// <summary>The community's task, then those of the people who asked, in the order they asked.</summary>
    public static IEnumerable<CoachTask> Tasks(Snapshot cycle, StageOpened round)
    {
        var done = cycle.Answers<CoachTaskDone>(round).Where(answer => answer.Done).Select(answer => answer.Task).ToHashSet(StringComparer.Ordinal);
        return cycle.Answers<CoachRequested>(round)
            .Where(request => request.Wanted)
            .OrderBy(request => request.At)
            .Select(request => new CoachTask(request.Person.Value, request.At, done.Contains(request.Person.Value)))
            .Prepend(new CoachTask(CommunityTask, round.At, done.Contains(CommunityTask)));
    }

    private static IEnumerable<WantedMessage> MessagesOf(StageRound round, CoachTask task)
    {
        var policy = round.Policy.CoachingFollowUp;
        var due = Holidays.AddWorkingDays(round.Days.DateOf(task.Since), policy.FirstContactWorkingDays);
        var overdue = Holidays.AddWorkingDays(due, policy.OverdueWorkingDays);
        var toTheCoach = round.Snapshot.Members(Role.Coach).SelectMany(coach => round.Ladder(
        [
            new WantedMessage(round.Key(Task, coach, $"{task.Id}-{Rungs.Ask}"), task.Since),
            new WantedMessage(round.Key(Task, coach, $"{task.Id}-{Rungs.Due}"), round.Days.At(due, round.Policy.AsksAt)),
        ]));
        return toTheCoach.Concat(round.AskCoordinator(Overdue, round.Days.At(overdue, round.Policy.AsksAt), $"{task.Id}-"));
    }
}

/// <param name="Id">"community", or the id of the person who asked.</param>
/// <param name="Since">When it was given.</param>
/// <param name="IsDone">Whether the coach is done with it.</param>
public sealed record CoachTask(string Id, Instant Since, bool IsDone);
