using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using NodaTime;

namespace Cohesion.Workflows.Stages.Scheduling;

/// <summary>The coordinator proposes slots; facilitators, lead and coach mark those they can make; most marks fix the date.</summary>
public sealed class SchedulingPlan : IStage
{
    public const string Propose = "propose";
    public const string Ask = "ask";
    public const string Fixed = "fixed";

    public StageId Id => StageIds.Scheduling;

    public StagePlan Plan(StageRound round) =>
        round.Outcome<SessionDated>() is not null ? new StagePlan { Messages = [.. round.Snapshot.Choosers().Select(one => round.Tell(Fixed, one))] }
        : round.Answers<SlotsProposed>().SingleOrDefault() is { } proposed ? Poll(round, proposed)
        : AskTheCoordinator(round);

    private static StagePlan AskTheCoordinator(StageRound round) => new()
    {
        Messages = [.. round.AskCoordinator(Propose, round.Opened.At)],
        WaitingFor = [round.Snapshot.Coordinator],
    };

    private StagePlan Poll(StageRound round, SlotsProposed proposed)
    {
        var policy = round.Policy.Scheduling;
        var marks = round.Answers<SlotsMarked>().ToList();
        var silent = round.Snapshot.Choosers().Except(marks.Select(mark => mark.Person)).ToList();
        var silence = round.Silence(round.OnDay(proposed.At, policy.ClosesDay, round.Policy.DeadlinesAt), silent);
        if (silent.Count == 0 || silence.HasClosed)
        {
            return Close(round, proposed, marks);
        }

        return new StagePlan
        {
            Messages = [.. silent.SelectMany(one => round.Ladder(Ask, one, policy.Asks, proposed.At))],
            WaitingFor = [.. silent],
        }.With(silence);
    }

    /// <summary>The slot with most marks, of equal ones the earliest; where no slot has any, the next round.</summary>
    private StagePlan Close(StageRound round, SlotsProposed proposed, List<SlotsMarked> marks)
    {
        var slots = proposed.Slots.Order().Select(slot => (Starts: slot, Marks: marks.Count(mark => CanCome(round, mark, slot)))).ToList();
        var best = slots.MaxBy(slot => slot.Marks);
        return best.Marks > 0
            ? StagePlan.Outcome(new SessionDated(Id, round.Number, round.Now, best.Starts, round.Snapshot.KickOff.Zone))
            : new StagePlan { Facts = [new StageOpened(Id, round.Number + 1, round.Now)] };
    }

    /// <summary>A mark counts unless the person has since been booked by another community at that time.</summary>
    private static bool CanCome(StageRound round, SlotsMarked mark, LocalDateTime slot)
    {
        var starts = round.Days.At(slot);
        var session = new Interval(starts, starts + Duration.FromMinutes(round.Policy.Scheduling.SessionMinutes));
        return mark.Slots.Contains(slot) && !round.Snapshot.Elsewhere.IsBooked(mark.Person, session);
    }
}
