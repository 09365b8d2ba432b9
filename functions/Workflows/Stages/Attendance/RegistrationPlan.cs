using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using NodaTime;

namespace Cohesion.Workflows.Stages.Attendance;

/// <summary>Where anybody can register by one link, the Division gets a text with it to forward, and a second one before replies close.</summary>
internal static class RegistrationPlan
{
    public static StagePlan Plan(StageRound round, Session session, DeadlineSet repliesClose) =>
        round.Snapshot.KickOff.OpenRegistration && round.Now < repliesClose.At
            ? new StagePlan { Messages = [.. round.Snapshot.Division().SelectMany(one => Texts(round, session, one, repliesClose.At))] }
            : new StagePlan();

    private static IEnumerable<WantedMessage> Texts(StageRound round, Session session, PersonId person, Instant repliesClose)
    {
        var first = new WantedMessage(round.Key(AttendancePlan.Register, person, Rungs.Ask), round.Opened.At);
        var second = round.Policy.Attendance.BeforeSession.TakeLast(1)
            .Select(rung => new WantedMessage(round.Key(AttendancePlan.Register, person, rung.Id), round.OnDay(session.Starts, rung.Day, round.Policy.AsksAt)))
            .Where(text => text.Due > first.Due && text.Due < repliesClose);
        return round.Ladder(second.Prepend(first));
    }
}
