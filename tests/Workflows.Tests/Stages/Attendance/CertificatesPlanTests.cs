using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Testing;

namespace Cohesion.Workflows.Tests.Stages.Attendance;

public sealed class CertificatesPlanTests
{
    private readonly PlanDriver _cycle = PlanDriver.KickedOff("2027-03-01T10:00").IsAccredited()
        .HoldsTheSession("2027-05-18T18:00", confirmed: "2027-05-18T22:30", Cast.P1, Cast.P2);

    [Fact]
    public void Who_was_there_or_led_gets_a_certificate_once_with_the_surveys_ask()
    {
        _cycle.RunsUntil("2027-08-01T12:00");
        Certificates(Cast.P1).ShouldBe(["certificate p1 2027-05-18T22:30"]);
        Certificates(Cast.F1).ShouldBe(["certificate f1 2027-05-18T22:30"]);
        Certificates(Cast.P3).ShouldBeEmpty();
        _cycle.MessagesOf(StageIds.SurveyCollection, Cast.P1)[0].ShouldBe("ask p1 2027-05-18T22:30");
    }

    [Fact]
    public void After_a_list_of_the_night_both_wait_for_the_morning_and_are_one_mail()
    {
        var cycle = PlanDriver.KickedOff("2027-03-01T10:00").IsAccredited().HoldsTheSession("2027-05-18T18:00", confirmed: "2027-05-19T06:00", Cast.P1);
        cycle.RunsUntil("2027-05-19T12:00").MessagesOf(StageIds.Attendance, Cast.P1)[^1].ShouldBe("certificate p1 2027-05-19T09:00");
        cycle.MessagesOf(StageIds.SurveyCollection, Cast.P1).ShouldBe(["ask p1 2027-05-19T09:00"]);
    }

    [Fact]
    public void A_programme_without_accreditation_gives_none() =>
        PlanDriver.KickedOff("2027-03-01T10:00").HoldsTheSession("2027-05-18T18:00", confirmed: "2027-05-18T22:30", Cast.P1)
            .Messages.ShouldNotContain(message => message.StartsWith("certificate", StringComparison.Ordinal));

    [Fact]
    public void When_the_session_id_comes_each_is_told_once()
    {
        _cycle.RunsUntil("2027-05-24T12:00").GivesTheSessionId("4711").RunsUntil("2027-08-01T12:00");
        Certificates(Cast.P1).ShouldBe(["certificate p1 2027-05-18T22:30", "certificate-reissued p1 2027-05-24T12:00"]);
        Certificates(Cast.F2).ShouldBe(["certificate f2 2027-05-18T22:30", "certificate-reissued f2 2027-05-24T12:00"]);
    }

    [Fact]
    public void A_session_id_that_was_there_before_the_list_is_not_told_of()
    {
        var cycle = PlanDriver.KickedOff("2027-03-01T10:00").IsAccredited().GivesTheSessionId("4711");
        cycle.HoldsTheSession("2027-05-18T18:00", confirmed: "2027-05-18T22:30", Cast.P1).RunsUntil("2027-08-01T12:00");
        cycle.Messages.ShouldNotContain(message => message.StartsWith("certificate-reissued", StringComparison.Ordinal));
    }

    [Fact]
    public void A_session_id_that_is_taken_back_before_its_mail_went_out_is_told_when_it_comes_again()
    {
        _cycle.RunsUntil("2027-05-24T12:00").GivesTheSessionId("4711").TakesATurn().GivesTheSessionId("").TakesATurn().MailsGoOut();
        _cycle.RunsUntil("2027-05-25T12:00").GivesTheSessionId("4712").RunsUntil("2027-08-01T12:00");
        Sent(Cast.P1, "certificate-reissued").ShouldBe(["r1-id-3"]);
    }

    [Fact]
    public void Who_is_taken_off_the_list_before_the_mail_went_out_gets_none_and_gets_it_when_put_on_again()
    {
        _cycle.At("2027-05-19T12:00").CorrectsTheList(Cast.P1, Cast.P3).TakesATurn().MailsGoOut();
        Sent(Cast.P3, "certificate").ShouldBe(["r1-list-2"]);
        _cycle.CorrectsTheList(Cast.P1).TakesATurn().CorrectsTheList(Cast.P1, Cast.P3).TakesATurn().MailsGoOut();
        Sent(Cast.P3, "certificate").ShouldBe(["r1-list-2", "r1-list-4"]);
        Sent(Cast.P1, "certificate").ShouldBe(["r1-list-1"]);
    }

    [Fact]
    public void However_many_mails_came_before_who_was_promised_the_session_id_hears_of_it()
    {
        var cycle = PlanDriver.KickedOff("2027-03-01T10:00", change: policy => policy with { Attendance = policy.Attendance with { MailsInAll = 5 } });
        cycle.IsAccredited().HoldsTheSession("2027-05-18T18:00", confirmed: "2027-05-18T22:30", Cast.P1, Cast.P2).RunsUntil("2027-05-24T12:00");
        cycle.AnswersTheSurvey(Cast.P2).GivesTheSessionId("4711").RunsUntil("2027-08-01T12:00");
        cycle.Messages.Where(message => message.StartsWith("certificate-reissued", StringComparison.Ordinal)).Select(message => message.Split(' ')[1])
            .ShouldBe(["f1", "f2", "p1", "p2"], ignoreOrder: true);
    }

    private IEnumerable<string> Certificates(PersonId person) =>
        _cycle.MessagesOf(StageIds.Attendance, person).Where(message => message.StartsWith("certificate", StringComparison.Ordinal));

    private IEnumerable<string> Sent(PersonId person, string kind) => _cycle.Cycle.IssuedTo(StageIds.Attendance, person)
        .Where(issued => issued.Key.Kind == kind && issued.Withdrawn is null)
        .OrderBy(issued => issued.At)
        .ThenBy(issued => issued.Key.Occasion, StringComparer.Ordinal)
        .Select(issued => issued.Key.Occasion);
}
