using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Testing;

namespace Cohesion.Workflows.Tests.Coordinators.Finish;

/// <summary>Who is paid for a session that was held.</summary>
public sealed class PaymentTests
{
    private static readonly PaymentPolicy Both = new("the Division", "the programme", PreparationMinutes: 30, TrainingIsPaid: false, ClaimDays: 60);

    [Fact]
    public void Those_who_led_are_paid_as_such_and_once_and_those_who_were_there_for_the_session_alone()
    {
        var work = Held(Both).Cycle.PaidWork().ToList();
        work.Select(one => $"{one.Person} {one.Role} {one.Minutes} {one.PaidBy} {one.ClaimBy:uuuu-MM-dd}").ShouldBe(
        [
            "f1 Facilitator 150 the Division 2027-07-17",
            "f2 Facilitator 150 the Division 2027-07-17",
            "p1 Participant 120 the programme 2027-07-17",
        ]);
    }

    [Fact]
    public void Training_is_paid_where_the_programme_pays_it() =>
        Held(Both with { TrainingIsPaid = true }).Cycle.PaidWork().Count(one => one.TrainingMinutes > 0).ShouldBe(2);

    [Fact]
    public void Whom_nobody_pays_is_on_no_sheet() =>
        Held(Both with { FacilitatorsPaidBy = null }).Cycle.PaidWork().Select(one => one.Person).ShouldBe([Cast.P1]);

    [Fact]
    public void Before_the_list_is_confirmed_nobody_is_paid() =>
        With(Both).OpensAttendance("2027-05-18T18:00").RunsUntil("2027-05-18T21:00").Cycle.PaidWork().ShouldBeEmpty();

    /// <summary>Facilitator 1 was a participant too.</summary>
    private static PlanDriver Held(PaymentPolicy payment) =>
        With(payment).HoldsTheSession("2027-05-18T18:00", confirmed: "2027-05-18T22:30", Cast.P1, Cast.F1);

    private static PlanDriver With(PaymentPolicy payment)
    {
        var cycle = PlanDriver.KickedOff("2027-03-01T10:00");
        return cycle.Tells(new PolicyAdapted(cycle.Cycle.Policy with { Payment = payment }, cycle.Now), new Member(Role.Participant, Cast.F1, cycle.Now));
    }
}
