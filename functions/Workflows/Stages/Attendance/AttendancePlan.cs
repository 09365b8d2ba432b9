using System.Collections.Immutable;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using NodaTime;

namespace Cohesion.Workflows.Stages.Attendance;

/// <summary>Participants reply; after the session a facilitator confirms who was there, or the coordinator does.</summary>
public sealed class AttendancePlan : IStage
{
    public const string Ask = "ask";
    public const string ConfirmList = "confirm-list";

    public StageId Id => StageIds.Attendance;

    public ImmutableList<string> Kinds { get; } = [Ask, ConfirmList];

    public StagePlan Plan(StageRound round)
    {
        if (round.Outcome<AttendanceConfirmed>() is not null)
        {
            return new StagePlan();
        }

        return round.Answers<AttendanceListed>().Any()
            ? StagePlan.Outcome(new AttendanceConfirmed(Id, round.Number, round.Now))
            : Merge(Invite(round, round.Snapshot.Session()!), AskForTheList(round, round.Snapshot.Session()!));
    }

    private static StagePlan Merge(StagePlan invitation, StagePlan list) => invitation with
    {
        Messages = invitation.Messages.AddRange(list.Messages),
        WaitingFor = invitation.WaitingFor.AddRange(list.WaitingFor),
        Wakes = invitation.Wakes.AddRange(list.Wakes),
    };

    private static StagePlan Invite(StageRound round, Session session)
    {
        var replied = round.Answers<Replied>().Select(reply => reply.Person).ToHashSet();
        var silent = round.Snapshot.MembersOf(Role.Participant).Where(member => !replied.Contains(member.Person)).ToList();
        var told = RepliesClose(round, session);
        return round.Now >= told.At
            ? new StagePlan { Facts = [told] }
            : new StagePlan
            {
                Facts = [told],
                Messages = [.. silent.SelectMany(member => Invitations(round, session, member, told.At))],
                WaitingFor = [.. silent.Select(member => member.Person)],
                Wakes = [told.At],
            };
    }

    /// <summary>The invitation first, however late; then the reminders that still lie between it and the close.</summary>
    private static IEnumerable<WantedMessage> Invitations(StageRound round, Session session, Member member, Instant repliesClose)
    {
        var since = Instant.Max(round.Opened.At, member.At);
        var invited = Instant.Max(since, round.OnDay(since, 0, round.Policy.AsksAt));
        var reminders = round.Policy.Attendance.BeforeSession
            .Select(rung => new WantedMessage(
                round.Key(Ask, member.Person, rung.Id), round.OnDay(session.Starts, rung.Day, round.Policy.AsksAt)))
            .Where(reminder => reminder.Due > invited && reminder.Due < repliesClose);
        return round.Ladder(reminders.Prepend(new WantedMessage(round.Key(Ask, member.Person, Rungs.Ask), invited)));
    }

    /// <summary>As people were told it. A stage that opens late still leaves them two days, but never past the session.</summary>
    private static DeadlineSet RepliesClose(StageRound round, Session session)
    {
        var planned = round.OnDay(session.Starts, round.Policy.Attendance.RepliesCloseDay, round.Policy.DeadlinesAt);
        var atLeast = round.OnDay(round.Opened.At, 2, round.Policy.DeadlinesAt);
        var first = new DeadlineSet(StageIds.Attendance, round.Number, Instant.Min(session.Starts, Instant.Max(planned, atLeast)), 0);
        return round.Snapshot.Find<DeadlineSet>(first.Row()) ?? first;
    }

    private static StagePlan AskForTheList(StageRound round, Session session)
    {
        var asked = session.Ends + Duration.FromHours(round.Policy.Attendance.ListAskedHoursAfter);
        var nextMorning = round.OnDay(session.Ends, 1, round.Policy.AsksAt);
        var leading = round.Snapshot.Leading().ToList();
        return new StagePlan
        {
            Messages =
            [
                .. leading.Select(one => new WantedMessage(round.Key(ConfirmList, one), asked)),
                .. round.AskCoordinator(ConfirmList, nextMorning),
            ],
            WaitingFor = round.Now >= nextMorning ? [.. leading, round.Snapshot.Coordinator] : round.Now >= asked ? [.. leading] : [],
        };
    }
}
