using System.Collections.Immutable;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using NodaTime;

namespace Cohesion.Workflows.Stages.Attendance;

/// <summary>
/// Who gets a seat: wishes in the order they came in, as long as there are seats; the others wait. A seat that becomes free goes
/// to the first who waits; shortly before the session it is offered, since somebody who waited may have other plans by then.
/// </summary>
internal static class SeatsPlan
{
    public static StagePlan Plan(StageRound round, Session session)
    {
        if (round.Now >= session.Starts)
        {
            return new StagePlan();
        }

        var decided = Decided(round, session);
        return new StagePlan
        {
            Facts = [.. decided.Where(one => !one.Seat.Equals(one.Before)).Select(one => one.Seat)],
            Messages = [.. decided.SelectMany(one => Messages(round, session, one.Seat))],
            Wakes = [.. decided.Select(one => one.Seat.AnswerBy).OfType<Instant>().Select(round.Closes), session.Starts],
        };
    }

    /// <summary>Every wish with its seat as it is to be. Offers are settled first: what they leave is free at once.</summary>
    private static List<Decision> Decided(StageRound round, Session session)
    {
        var wishes = Seating.Wishes(round.Snapshot, round.Opened).Select(wish => Settled(round, wish)).ToList();
        var free = (round.Policy.Attendance.Capacity ?? int.MaxValue) - wishes.Count(one => one.Takes);
        var decided = new List<Decision>();
        foreach (var one in wishes)
        {
            var next = one.Seat is null or { State: SeatState.Waiting } ? Grant(round, session, one, free > 0) : one.Seat;
            free -= next != one.Seat && Decision.TakesOne(next) ? 1 : 0;
            decided.Add(new Decision(next, one.Before));
        }

        return decided;
    }

    /// <summary>Who took an offer has the seat; who let it pass has not.</summary>
    private static Wish Settled(StageRound round, Replied wish)
    {
        var before = Seating.SeatOf(round.Snapshot, wish);
        var seat = before switch
        {
            { State: SeatState.Offered } when wish.Takes == before.Number => before with { State = SeatState.Granted, At = round.Now, AnswerBy = null },
            { State: SeatState.Offered } when round.Now >= round.Closes(before.AnswerBy!.Value) => before with { State = SeatState.Lapsed, At = round.Now, AnswerBy = null },
            _ => before,
        };
        return new Wish(wish, seat, before);
    }

    private static Seat Grant(StageRound round, Session session, Wish one, bool isFree)
    {
        var (wish, waits) = (one.Reply, one.Seat);
        var earlier = round.Snapshot.Find<Seat>(Seat.RowOf(wish.Round, wish.Person));
        var seat = waits ?? new Seat(wish.Round, wish.Person, (earlier?.Number ?? 0) + 1, wish.Wished(), SeatState.Waiting, round.Now);
        var movesUpUntil = round.OnDay(session.Starts, round.Policy.Attendance.MovesUpUntilDay, round.Policy.DeadlinesAt);
        return (isFree, waits) switch
        {
            (false, _) => seat,
            (true, null) => seat with { State = SeatState.Granted },
            _ when round.Now < movesUpUntil => seat with { State = SeatState.MovedUp, At = round.Now },
            _ when MailCeiling.HasRoom(round, wish.Person) => seat with { State = SeatState.Offered, At = round.Now, AnswerBy = AnswerBy(round, session) },
            _ => seat,
        };
    }

    private static Instant AnswerBy(StageRound round, Session session) => Instant.Min(
        session.Starts,
        round.OnDay(round.Now, round.Policy.Attendance.OfferDays, round.Policy.DeadlinesAt));

    /// <summary>A seat comes with the session for the calendar.</summary>
    private static IEnumerable<WantedMessage> Messages(StageRound round, Session session, Seat seat) => seat.State switch
    {
        SeatState.Granted => [Message(round, AttendancePlan.HasSeat, seat, CalendarEntry.Of(round.Snapshot))],
        SeatState.Waiting => [Message(round, AttendancePlan.Waiting, seat)],
        SeatState.MovedUp => [Message(round, AttendancePlan.MovedUp, seat, CalendarEntry.Of(round.Snapshot))],
        SeatState.Offered => [Message(round, AttendancePlan.Offer, seat)],
        _ => [],
    };

    private static WantedMessage Message(StageRound round, string kind, Seat seat, CalendarEntry? calendar = null) =>
        new(round.Key(kind, seat.Person, FormattableString.Invariant($"{seat.Number}")), seat.At, calendar);

    /// <summary>A wish, its seat with offers settled, and as it was.</summary>
    private sealed record Wish(Replied Reply, Seat? Seat, Seat? Before)
    {
        public bool Takes => Seat is not null && Decision.TakesOne(Seat);
    }

    private sealed record Decision(Seat Seat, Seat? Before)
    {
        public static bool TakesOne(Seat seat) => seat.IsHeld() || seat.State == SeatState.Offered;
    }
}
