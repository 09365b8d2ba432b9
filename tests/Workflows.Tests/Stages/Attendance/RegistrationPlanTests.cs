using Cohesion.Workflows.Asks;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Stages.Attendance;
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

    [Fact]
    public void What_is_forwarded_is_asked_no_more_until_the_second_text_which_comes_all_the_same()
    {
        var cycle = Open().MailsGoOut().Forwards(Cast.Lead).TakesATurn();
        Asked(cycle).ShouldBeEmpty();
        Asked(cycle.RunsUntil("2027-05-10T12:00")).ShouldBe([Cast.Lead]);
        cycle.Occasions(Stage, "register", Cast.Lead).ShouldBe(["r1-ask", "r1-t-18"]);
        Asked(cycle.Forwards(Cast.Lead).TakesATurn()).ShouldBeEmpty();
    }

    [Fact]
    public void Who_registers_by_the_link_shows_that_it_is_forwarded_but_who_is_added_does_not()
    {
        var cycle = Open().MailsGoOut();
        Asked(cycle.Tells(new Member(Role.Participant, Cast.P1, cycle.Now, Cast.Coordinator)).TakesATurn()).ShouldBe([Cast.Lead]);
        Asked(cycle.Tells(new Member(Role.Participant, Cast.P2, cycle.Now, Cast.P2)).TakesATurn()).ShouldBeEmpty();
        Asked(cycle.RunsUntil("2027-05-10T12:00")).ShouldBe([Cast.Lead]);
    }

    [Fact]
    public void Not_forwarded_after_all_it_is_asked_again_without_another_mail()
    {
        var cycle = Open().MailsGoOut().Forwards(Cast.Lead).TakesATurn().Forwards(Cast.Lead, done: false).TakesATurn().MailsGoOut();
        Asked(cycle).ShouldBe([Cast.Lead]);
        cycle.Occasions(Stage, "register", Cast.Lead).ShouldBe(["r1-ask"]);
    }

    /// <summary>Who is asked to forward the text.</summary>
    private static IEnumerable<PersonId> Asked(PlanDriver cycle) =>
        OpenAsk.Of(cycle.Turn, cycle.Now).Where(ask => ask.For.Kind == AttendancePlan.Register).Select(ask => ask.Person);

    private static PlanDriver Open()
    {
        var cycle = PlanDriver.KickedOff("2027-03-01T10:00", participants: 0);
        return cycle.Tells(cycle.Cycle.KickOff with { OpenRegistration = true }).OpensAttendance(Session);
    }
}
