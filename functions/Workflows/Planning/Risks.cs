using System.Collections.Immutable;
using Cohesion.Workflows.Cycles;
using NodaTime;

namespace Cohesion.Workflows.Planning;

/// <summary>What may go wrong in a community, and from when on: of the same cycle the same at any time, so that it can be kept and shown later.</summary>
public static class Risks
{
    public static ImmutableList<Risk> Of(Snapshot cycle) => cycle.HasEnded
        ? []
        : [.. new[] { FewExpected(cycle), TrainingLate(cycle), NoPlace(cycle), MailCameBack(cycle) }.OfType<Risk>()];

    /// <summary>How many will come of those who have a seat, as the programme has seen: a part of a person does not.</summary>
    public static int Expected(int seats, AttendancePolicy policy) => seats * policy.ShowPercent / 100;

    /// <summary>From the first reminder on: before, most have not looked yet. Whoever decided that it goes ahead knows how few they are.</summary>
    private static Risk? FewExpected(Snapshot cycle)
    {
        if (cycle.Session() is not { } session || cycle.RoundOf(StageIds.Attendance) is not { } round || cycle.IsPostponed())
        {
            return null;
        }

        var policy = cycle.Policy.Attendance;
        var expected = Expected(Seats(cycle, round), policy);
        var firstReminder = OnDay(cycle, session.Starts, policy.BeforeSession.Select(rung => rung.Day).Append(policy.RepliesCloseDay).Min(), cycle.Policy.AsksAt);
        return expected >= policy.Minimum || cycle.Answers<GoDecided>(round).Any(decided => decided.Decision == GoDecision.Go)
            ? null
            : new Risk(RiskKind.FewExpected, Instant.Max(firstReminder, round.At), session.Starts, expected, policy.Minimum);
    }

    /// <summary>Where it had to open again, at once.</summary>
    private static Risk? TrainingLate(Snapshot cycle)
    {
        if (cycle.RoundOf(StageIds.FacilitatorTraining) is not { } round || cycle.OutcomeOf<FacilitatorsTrained>(round.Stage) is not null)
        {
            return null;
        }

        var policy = cycle.Policy.FacilitatorTraining;
        var since = round.Round == 1 ? OnDay(cycle, round.At, policy.EscalatesDay, cycle.Policy.DeadlinesAt) : round.At;
        return new Risk(RiskKind.TrainingLate, since, Count: Math.Max(policy.Enough - cycle.Trained().Count, 0), Of: policy.Enough);
    }

    /// <summary>From the day that the headcount goes out: people are about to travel.</summary>
    private static Risk? NoPlace(Snapshot cycle) =>
        cycle.Policy.Scheduling.Venue is not null && cycle.Session() is { } session && cycle.Place() is null
            ? new Risk(RiskKind.NoPlace, OnDay(cycle, session.Starts, cycle.Policy.Attendance.HeadcountDay, cycle.Policy.AsksAt), session.Starts)
            : null;

    private static Risk? MailCameBack(Snapshot cycle)
    {
        var back = cycle.All<Issued>().GroupBy(issued => issued.Key.Person).Select(mails => CameBackAt(cycle, mails.Key, mails)).OfType<Instant>().ToList();
        return back.Count > 0 ? new Risk(RiskKind.MailCameBack, back.Min(), Count: back.Count) : null;
    }

    /// <summary>Since when a person is out of reach; null where a later mail arrived, or their address was corrected.</summary>
    private static Instant? CameBackAt(Snapshot cycle, PersonId person, IEnumerable<Issued> mails)
    {
        var (cameBack, arrived) = mails.Aggregate(((Instant?)null, (Instant?)null), (last, one) => (Later(last.Item1, one.Bounced), Later(last.Item2, one.Accepted)));
        var corrected = cycle.Find<AddressCorrected>(AddressCorrected.RowOf(person))?.At;
        return Later(arrived, corrected) > cameBack ? null : cameBack;
    }

    private static Instant? Later(Instant? one, Instant? other) => one > other || other is null ? one : other;

    private static int Seats(Snapshot cycle, StageOpened round) => cycle.Answers<Replied>(round)
        .Count(reply => reply.Comes && cycle.Find<Seat>(Seat.RowOf(round.Round, reply.Person)) is { } seat && seat.IsHeld() && seat.Wish == reply.Wished());

    private static Instant OnDay(Snapshot cycle, Instant start, int day, LocalTime time)
    {
        var days = new CommunityDays(cycle.KickOff.Zone);
        return days.At(days.DateOf(start).PlusDays(day), time);
    }
}
