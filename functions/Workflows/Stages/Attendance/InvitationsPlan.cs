using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using NodaTime;

namespace Cohesion.Workflows.Stages.Attendance;

/// <summary>The silent are invited, then reminded, until replies close.</summary>
internal static class InvitationsPlan
{
    public static StagePlan Plan(StageRound round, Session session)
    {
        var replied = round.Answers<Replied>().Cast<Answer>().Concat(round.Answers<CheckedIn>()).ToLookup(answer => answer.Person);
        var silent = round.Snapshot.MembersOf(Role.Participant).Where(member => !replied[member.Person].Any(answer => answer.At >= member.At)).ToList();
        var told = RepliesClose(round, session);
        return round.Now >= told.At
            ? new StagePlan { Facts = [told] }
            : new StagePlan
            {
                Facts = [told],
                Messages = [.. silent.SelectMany(member => Invitations(round, session, member, told.At)).Where(message => !IsWithdrawn(round, message))],
                WaitingFor = [.. silent.Select(member => member.Person)],
                Wakes = [told.At],
            };
    }

    /// <summary>The invitation first, however late; then the reminders that still lie between it and the close. Who was taken off the list is invited again.</summary>
    private static IEnumerable<WantedMessage> Invitations(StageRound round, Session session, Member member, Instant repliesClose)
    {
        var since = Instant.Max(round.Opened.At, member.At);
        var again = round.Snapshot.Find<MemberLeft>(MemberLeft.RowOf(member.Role, member.Person)) is { } left ? FormattableString.Invariant($"b{left.Number}-") : "";
        var invited = Instant.Max(since, round.OnDay(since, 0, round.Policy.AsksAt));
        var reminders = round.Policy.Attendance.BeforeSession
            .Select(rung => new WantedMessage(
                round.Key(AttendancePlan.Ask, member.Person, again + rung.Id), round.OnDay(session.Starts, rung.Day, round.Policy.AsksAt)))
            .Where(reminder => reminder.Due > invited && reminder.Due < repliesClose);
        return round.Ladder(reminders.Prepend(new WantedMessage(round.Key(AttendancePlan.Ask, member.Person, again + Rungs.Ask), invited)));
    }

    /// <summary>What was withdrawn as replies closed is not sent when they are open again.</summary>
    private static bool IsWithdrawn(StageRound round, WantedMessage message) => round.Snapshot.IssuedOf(message.Key) is { Withdrawn: not null };

    /// <summary>As people were told it; later, once, where more are to be invited. A stage that opens late still leaves them two days, but never past the session.</summary>
    public static DeadlineSet RepliesClose(StageRound round, Session session)
    {
        var planned = round.OnDay(session.Starts, round.Policy.Attendance.RepliesCloseDay, round.Policy.DeadlinesAt);
        var atLeast = round.OnDay(round.Opened.At, 2, round.Policy.DeadlinesAt);
        var first = new DeadlineSet(StageIds.Attendance, round.Number, Instant.Min(session.Starts, Instant.Max(planned, atLeast)), 0);
        var told = round.Snapshot.Find<DeadlineSet>(first.Row()) ?? first;
        return told.Moved == 0 && round.Answers<GoDecided>().FirstOrDefault(decided => decided.Decision == GoDecision.InviteMore) is { } decided
            ? told with { At = Reopened(round, session, decided.At), Moved = 1 }
            : told;
    }

    /// <summary>Until when replies are open again, where more are invited at a moment.</summary>
    public static Instant Reopened(StageRound round, Session session, Instant decided)
    {
        var planned = round.OnDay(session.Starts, round.Policy.Attendance.ReopenedUntilDay, round.Policy.DeadlinesAt);
        var atLeast = round.OnDay(decided, 2, round.Policy.DeadlinesAt);
        return Instant.Min(session.Starts, Instant.Max(planned, atLeast));
    }
}
