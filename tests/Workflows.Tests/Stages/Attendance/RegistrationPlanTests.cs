using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Testing;

namespace Cohesion.Workflows.Tests.Stages.Attendance;

public sealed class RegistrationPlanTests
{
    private const string Session = "2027-05-27T18:00";

    private static readonly StageId Stage = StageIds.Attendance;

    [Fact]
    public void The_Division_gets_a_text_to_forward_and_a_second_one_before_replies_close() =>
        Open().RunsUntil("2027-05-20T12:00").MessagesOf(Stage, Cast.Lead).Where(message => message.StartsWith("register", StringComparison.Ordinal)).ShouldBe(
            ["register lead 2027-03-01T10:00", "register lead 2027-05-09T09:00"]);

    [Fact]
    public void Without_open_registration_nobody_gets_a_text_to_forward() =>
        PlanDriver.KickedOff("2027-03-01T10:00").OpensAttendance(Session).RunsUntil("2027-05-20T12:00").Occasions(Stage, "register", Cast.Lead).ShouldBeEmpty();

    [Fact]
    public void Who_registers_gets_a_seat_and_no_invitation()
    {
        var cycle = Open();
        cycle.Tells(new Member(Role.Participant, Cast.P1, cycle.Now)).Replies(Cast.P1, comes: true).RunsUntil("2027-05-12T12:00");
        cycle.MessagesOf(Stage, Cast.P1).ShouldBe(["seat p1 2027-03-01T10:00"]);
    }

    private static PlanDriver Open()
    {
        var cycle = PlanDriver.KickedOff("2027-03-01T10:00", participants: 0);
        return cycle.Tells(cycle.Cycle.KickOff with { OpenRegistration = true }).OpensAttendance(Session);
    }
}
