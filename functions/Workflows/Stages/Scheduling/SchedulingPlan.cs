using System.Collections.Immutable;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using NodaTime;

namespace Cohesion.Workflows.Stages.Scheduling;

/// <summary>The coordinator proposes slots; facilitators, lead and coach mark those they can make; the best one fixes the date.</summary>
public sealed class SchedulingPlan : IStage
{
    public const string Propose = "propose";
    public const string Ask = "ask";
    public const string Fixed = "fixed";
    public const string Cancelled = "cancelled";
    public const string Venue = "venue";
    public const string Place = "place";
    public const string VenueMissing = "venue-missing";
    public const string EventGone = "event-gone";
    public const string EventFailing = "event-failing";
    public const string Declined = "declined";

    public StageId Id => StageIds.Scheduling;

    public ImmutableList<string> Kinds { get; } = [Propose, Ask, Fixed, Cancelled, Venue, VenueMissing, Place, EventGone, EventFailing, Declined, StageRound.DeadlineMoved];

    public StagePlan Plan(StageRound round)
    {
        var plan = round.Outcome<SessionDated>() is not null ? Keep(round, round.Snapshot.Session()!)
            : round.Snapshot.Proposed() is { } proposed ? Poll(round, proposed, round.Snapshot.ProposedAnew()!)
            : AskTheCoordinator(round);
        return plan with
        {
            Messages = [.. plan.Messages, .. DatePlan.Releases(round), .. EventTroublePlan.Tell(round)],
            Wakes = [.. plan.Wakes, .. EventTroublePlan.LooksAgain(round)],
        };
    }

    /// <summary>
    /// The date stands, unless it comes before enough have trained: nobody was invited to it, so the next round opens. Who takes another's
    /// place after the session does not hear of its date.
    /// </summary>
    private StagePlan Keep(StageRound round, Session session)
    {
        var isGatePassed = round.Snapshot.AreInvited() || round.Snapshot.MayInvite();
        var venue = VenuePlan.Plan(round, session);
        var dates = round.Snapshot.Choosers().Select(one => DatePlan.Tell(round, one))
            .Where(date => round.Now < session.Starts || round.Snapshot.IssuedOf(date.Key) is not null).ToList();
        var told = dates.Where(date => round.Snapshot.IssuedOf(date.Key) is not null).Select(date => date.Key.Person);
        return !isGatePassed && round.Now >= session.Starts
            ? NextRound(round)
            : venue with
            {
                Messages = [.. dates, .. venue.Messages, .. PlaceChanges.Tell(round, Place, told)],
                Wakes = isGatePassed ? [] : [session.Starts],
            };
    }

    private static StagePlan AskTheCoordinator(StageRound round) => new()
    {
        Messages = [.. round.AskCoordinator(Propose, round.Opened.At)],
        WaitingFor = [round.Snapshot.Coordinator],
    };

    /// <summary>Slots that are proposed while people choose are asked about anew, of everybody, and give all the same time to answer.</summary>
    private StagePlan Poll(StageRound round, SlotsProposed proposed, SlotsProposed anew)
    {
        var policy = round.Policy.Scheduling;
        var choosers = round.Snapshot.Choosers();
        var marks = round.Answers<SlotsMarked>().Where(mark => choosers.Contains(mark.Person)).ToList();
        var silent = choosers.Where(one => !round.Snapshot.HasMarked(one)).ToList();
        var cause = anew.Number == 1 ? "" : FormattableString.Invariant($"p{anew.Number}-");
        var asks = silent.SelectMany(one => round.Ladder(Ask, one, policy.Asks, AskedFrom(round, anew, one), cause)).ToImmutableList();
        var silence = round.Silence(round.OnDay(anew.At, policy.ClosesDay, round.Policy.DeadlinesAt), asks);
        return silent.Count == 0 || silence.HasClosed
            ? Close(round, FarEnough(round, proposed, silence), marks)
            : new StagePlan { Messages = asks, WaitingFor = [.. silent] }.With(silence);
    }

    /// <summary>Who came to lead, or took another's place, after the proposal has a ladder of their own.</summary>
    private static Instant AskedFrom(StageRound round, SlotsProposed proposed, PersonId person) =>
        round.Snapshot.All<LeadingAnswered>()
            .Where(answer => answer.Person == person)
            .Select(answer => answer.At)
            .Concat(round.Snapshot.All<Member>().Where(member => member.Person == person && member.Role is Role.DivisionLead or Role.Coach).Select(member => member.At))
            .Append(proposed.At)
            .Max();

    /// <summary>Slots that leave enough days to invite people, earliest first. A deadline that moved takes its days from them.</summary>
    private static IEnumerable<LocalDateTime> FarEnough(StageRound round, SlotsProposed proposed, Silence silence)
    {
        var first = round.Days.DateOf(round.Now).PlusDays(round.Policy.Scheduling.DaysAhead - silence.Told.Moved);
        return proposed.Slots.Where(slot => slot.Date >= first).Order();
    }

    /// <summary>
    /// Of the slots at which a facilitator can lead, those with enough of them first: that at which most can come, of equal ones the
    /// lead's, then the coach's, then the earliest. Where there is none, the next round.
    /// </summary>
    private StagePlan Close(StageRound round, IEnumerable<LocalDateTime> slots, List<SlotsMarked> marks)
    {
        var cycle = round.Snapshot;
        var leading = cycle.Leading().ToHashSet();
        var best = slots
            .Select(slot => (Starts: slot, Can: marks.Where(mark => CanCome(round, mark, slot)).Select(mark => mark.Person).ToHashSet()))
            .Where(slot => slot.Can.Overlaps(leading))
            .OrderByDescending(slot => slot.Can.Count(leading.Contains) >= cycle.Policy.FacilitatorTraining.Enough)
            .ThenByDescending(slot => slot.Can.Count)
            .ThenByDescending(slot => slot.Can.Overlaps(cycle.Members(Role.DivisionLead)))
            .ThenByDescending(slot => slot.Can.Overlaps(cycle.Members(Role.Coach)))
            .Select(slot => (LocalDateTime?)slot.Starts)
            .FirstOrDefault();
        return best is { } starts
            ? StagePlan.Outcome(new SessionDated(Id, round.Number, round.Now, starts, round.Snapshot.KickOff.Zone))
            : NextRound(round);
    }

    private StagePlan NextRound(StageRound round) => new() { Facts = [new StageOpened(Id, round.Number + 1, round.Now)] };

    /// <summary>A mark counts unless the person has since been booked by another community at that time.</summary>
    private static bool CanCome(StageRound round, SlotsMarked mark, LocalDateTime slot)
    {
        var starts = round.Days.At(slot);
        var session = new Interval(starts, starts + Duration.FromMinutes(round.Policy.Scheduling.SessionMinutes));
        return mark.Slots.Contains(slot) && !round.Snapshot.Elsewhere.IsBooked(mark.Person, session);
    }
}
