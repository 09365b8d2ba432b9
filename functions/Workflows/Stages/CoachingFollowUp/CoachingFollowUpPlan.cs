using System.Collections.Immutable;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using NodaTime;

namespace Cohesion.Workflows.Stages.CoachingFollowUp;

/// <summary>
/// The coach has one task for the community and one for each person who asks; overdue ones go to the coordinator. Who wanted to be
/// reminded of what they will change is asked later whether they have. Closes when all is told, or on a day that is late enough.
/// </summary>
public sealed class CoachingFollowUpPlan : IStage
{
    public const string Task = "task";
    public const string Overdue = "overdue";
    public const string Commitment = "commitment";

    public StageId Id => StageIds.CoachingFollowUp;

    public ImmutableList<string> Kinds { get; } = [Task, Overdue, Commitment, StageRound.DeadlineMoved];

    public StagePlan Plan(StageRound round)
    {
        var open = round.Snapshot.CoachTasks().Where(task => task.IsOpen).ToList();
        var tasks = open.SelectMany(task => MessagesOf(round, task)).ToImmutableList();
        if (round.Outcome<CoachingClosed>() is not null)
        {
            // Somebody asked just as the stage closed: the coach hears of it all the same.
            return new StagePlan { Messages = tasks };
        }

        return round.Snapshot.OutcomeOf<AttendanceConfirmed>(StageIds.Attendance) is { } confirmed
            ? Close(round, open, tasks, confirmed.At)
            : new StagePlan { Messages = tasks, WaitingFor = open.Count == 0 ? [] : round.Snapshot.Members(Role.Coach) };
    }

    /// <summary>From the confirmed list on the days are counted; before it nothing closes.</summary>
    private StagePlan Close(StageRound round, List<CoachTask> open, ImmutableList<WantedMessage> tasks, Instant since)
    {
        var silent = round.Snapshot.Commitments().Select(one => one.Person).Where(one => round.Snapshot.CommitmentAnswerOf(one) is null).ToList();
        var asks = silent.Select(one => Ask(round, one, since)).ToImmutableList();
        var silence = round.Silence(round.OnDay(since, round.Policy.CoachingFollowUp.ClosesDay, round.Policy.DeadlinesAt), asks);
        var noneCanCome = round.Snapshot.OutcomeOf<SurveyClosed>(StageIds.SurveyCollection) is not null;
        return silence.HasClosed || (open.Count == 0 && silent.Count == 0 && noneCanCome)
            ? StagePlan.Outcome(new CoachingClosed(Id, round.Number, round.Now))
            : new StagePlan
            {
                Messages = tasks.AddRange(asks),
                WaitingFor = [.. open.Count == 0 ? [] : round.Snapshot.Members(Role.Coach), .. silent],
            }.With(silence);
    }

    /// <summary>The day on which the coach is reminded of a task: what they told last starts a new wait, a snooze says itself when it ends.</summary>
    public static LocalDate DueOf(Snapshot cycle, CoachTask task)
    {
        var since = task.Told?.At ?? task.Since;
        return task.Told?.Snoozed ?? Later(cycle, since, new CommunityDays(cycle.KickOff.Zone).DateOf(since), IsFirstContact(task)
            ? cycle.Policy.CoachingFollowUp.FirstContactWorkingDays
            : cycle.Policy.CoachingFollowUp.StandsStillWorkingDays);
    }

    private static LocalDate Later(Snapshot cycle, Instant since, LocalDate day, int workingDays) =>
        Holidays.AddWorkingDays(cycle.Shifted(since, Holidays.AddWorkingDays(day, workingDays), cycle.Policy.AsksAt).PlusDays(-1), 1);

    private static bool IsFirstContact(CoachTask task) => task.State == CoachTaskState.ToDo;

    private static IEnumerable<WantedMessage> MessagesOf(StageRound round, CoachTask task)
    {
        var policy = round.Policy.CoachingFollowUp;
        var due = DueOf(round.Snapshot, task);
        var overdue = Later(round.Snapshot, round.Days.At(due, round.Policy.AsksAt), due, IsFirstContact(task) ? policy.OverdueWorkingDays : policy.StandsStillWorkingDays);
        var cause = OccasionOf(task);
        var toTheCoach = round.Snapshot.Members(Role.Coach).SelectMany(coach => round.Ladder(
        [
            .. task.Told is null ? [new WantedMessage(round.Key(Task, coach, cause + Rungs.Ask), task.Since)] : Array.Empty<WantedMessage>(),
            new WantedMessage(round.Key(Task, coach, cause + Rungs.Due), round.Days.At(due, round.Policy.AsksAt)),
        ]));
        return toTheCoach.Concat(round.AskCoordinator(Overdue, round.Days.At(overdue, round.Policy.AsksAt), cause));
    }

    private static string OccasionOf(CoachTask task) =>
        task.Told is { Number: var number and > 0 } ? FormattableString.Invariant($"{task.Id}-{number}-") : $"{task.Id}-";

    private static WantedMessage Ask(StageRound round, PersonId person, Instant since) => new(
        round.Key(Commitment, person, Rungs.Ask), round.OnDay(since, round.Policy.CoachingFollowUp.CommitmentDay, round.Policy.AsksAt));
}
