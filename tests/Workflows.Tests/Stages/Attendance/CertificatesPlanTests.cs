using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Testing;
using NodaTime;

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
    public void Whose_name_is_corrected_after_the_certificate_went_out_gets_it_anew_and_nobody_else()
    {
        _cycle.RunsUntil("2027-05-24T12:00").CorrectsTheName(Cast.P1).CorrectsTheName(Cast.P3).RunsUntil("2027-05-25T12:00");
        _cycle.CorrectsTheName(Cast.P1).RunsUntil("2027-08-01T12:00");
        Sent(Cast.P1, "certificate-reissued").ShouldBe(["r1-name-1", "r1-name-2"]);
        _cycle.Messages.Count(message => message.StartsWith("certificate-reissued", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public void A_name_that_is_corrected_while_the_certificate_waits_to_go_out_is_right_in_it()
    {
        var cycle = PlanDriver.KickedOff("2027-03-01T10:00").IsAccredited().OpensAttendance("2027-05-18T18:00").RunsUntil("2027-05-18T22:30");
        cycle.ConfirmsTheList(Cast.P1).TakesATurn().At("2027-05-19T07:00").CorrectsTheName(Cast.P1).At("2027-05-19T08:00").MailsGoOut().RunsUntil("2027-08-01T12:00");
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

    [Fact]
    public void While_the_accreditation_is_open_nobody_gets_a_certificate_and_the_coordinator_is_asked_about_it()
    {
        var cycle = Unaccredited();
        AskedSince(cycle, Cast.Coordinator).ShouldBe(["2027-05-18T22:30", "2027-05-21T09:00", "2027-05-25T09:00"]);
        AskedSince(cycle, Accreditor).ShouldBe(AskedSince(cycle, Cast.Coordinator));
        Certificates(cycle).ShouldBeEmpty();
        cycle.Turn.WaitingFor.ShouldContain(Cast.Coordinator);
    }

    [Theory]
    [InlineData(PreparationState.Done)]
    [InlineData(PreparationState.Waived)]
    [InlineData(PreparationState.NotAccredited)]
    public void When_the_accreditation_is_done_or_not_needed_certificates_go_out_at_once_each_once(PreparationState state)
    {
        var cycle = Unaccredited().Prepares(PartnerTask.Accreditation, Accreditor, state).RunsUntil("2027-08-01T12:00");
        Certificates(cycle).ShouldBe(["certificate f1 2027-06-01T12:00", "certificate f2 2027-06-01T12:00", "certificate p1 2027-06-01T12:00", "certificate p2 2027-06-01T12:00"]);
        cycle.Turn.WaitingFor.ShouldNotContain(Cast.Coordinator);
    }

    [Fact]
    public void Who_says_that_it_is_open_after_all_stops_the_certificates_that_have_not_gone_out()
    {
        var cycle = Unaccredited().Prepares(PartnerTask.Accreditation, Accreditor).TakesATurn();
        cycle.Prepares(PartnerTask.Accreditation, Accreditor, PreparationState.Open).TakesATurn().MailsGoOut();
        cycle.Cycle.IssuedTo(StageIds.Attendance, Cast.P1).Where(issued => issued.Key.Kind == "certificate").ShouldAllBe(issued => issued.Withdrawn != null);
        cycle.Prepares(PartnerTask.Accreditation, Accreditor).TakesATurn().MailsGoOut();
        cycle.Cycle.IssuedTo(StageIds.Attendance, Cast.P1).Single(issued => issued.Key.Kind == "certificate").Accepted.ShouldNotBeNull();
    }

    [Fact]
    public void A_session_that_is_not_accredited_earns_nothing_and_its_id_reissues_nothing()
    {
        var cycle = Unaccredited().Prepares(PartnerTask.Accreditation, Accreditor, PreparationState.NotAccredited).RunsUntil("2027-06-02T12:00");
        cycle.GivesTheSessionId("4711").RunsUntil("2027-06-20T12:00").Cycle.Accredited().ShouldBeNull();
        Certificates(cycle).ShouldNotContain(message => message.StartsWith("certificate-reissued", StringComparison.Ordinal));
    }

    [Fact]
    public void When_it_is_said_after_the_certificates_that_the_session_is_not_accredited_each_who_has_one_is_told_once_and_so_when_it_is_after_all()
    {
        var cycle = Unaccredited().Prepares(PartnerTask.Accreditation, Accreditor).RunsUntil("2027-06-02T12:00");
        cycle.Prepares(PartnerTask.Accreditation, Accreditor, PreparationState.NotAccredited).RunsUntil("2027-06-03T12:00");
        cycle.Prepares(PartnerTask.Accreditation, Accreditor, PreparationState.NotAccredited).RunsUntil("2027-06-04T12:00");
        Reissued(cycle).ShouldBe(["f1 2027-06-02T12:00", "f2 2027-06-02T12:00", "p1 2027-06-02T12:00", "p2 2027-06-02T12:00"]);
        cycle.Prepares(PartnerTask.Accreditation, Accreditor, PreparationState.Waived).RunsUntil("2027-06-20T12:00");
        Reissued(cycle).Skip(4).ShouldBe(["f1 2027-06-04T12:00", "f2 2027-06-04T12:00", "p1 2027-06-04T12:00", "p2 2027-06-04T12:00"]);
    }

    [Fact]
    public void Who_takes_back_that_it_is_not_accredited_before_the_mail_went_out_troubles_nobody()
    {
        var cycle = Unaccredited().Prepares(PartnerTask.Accreditation, Accreditor).RunsUntil("2027-06-02T12:00");
        cycle.Prepares(PartnerTask.Accreditation, Accreditor, PreparationState.NotAccredited).TakesATurn();
        cycle.Prepares(PartnerTask.Accreditation, Accreditor).TakesATurn().MailsGoOut().RunsUntil("2027-06-20T12:00");
        cycle.Cycle.All<Issued>().Where(issued => issued.Key.Kind == "certificate-reissued").ShouldAllBe(issued => issued.Withdrawn != null);
    }

    /// <summary>As one of an earlier release is read.</summary>
    [Fact]
    public void A_session_that_was_said_not_to_be_accredited_before_its_certificates_needs_no_correction()
    {
        var cycle = Unaccredited().Tells(new PreparationTold(1, Accreditor, PartnerTask.Accreditation, PreparationState.NotAccredited, "", Accreditor, Instant.MinValue));
        Reissued(cycle.RunsUntil("2027-06-20T12:00")).ShouldBeEmpty();
    }

    [Fact]
    public void Once_the_programmes_accreditation_covers_the_session_its_id_reissues_the_certificates()
    {
        var cycle = Unaccredited().Prepares(PartnerTask.Accreditation, Accreditor, PreparationState.Waived).RunsUntil("2027-06-02T12:00");
        cycle.GivesTheSessionId("4711").RunsUntil("2027-06-20T12:00");
        Certificates(cycle).Count(message => message.StartsWith("certificate-reissued", StringComparison.Ordinal)).ShouldBe(4);
    }

    [Fact]
    public void An_accreditation_that_is_opened_anew_before_anybody_was_asked_counts_from_that_day()
    {
        var cycle = PlanDriver.KickedOff("2027-03-01T10:00").IsAccredited().AsksForPreparation(PartnerTask.Accreditation, Accreditor)
            .RunsUntil("2027-03-08T12:00").Prepares(PartnerTask.Accreditation, Accreditor)
            .HoldsTheSession("2027-05-18T18:00", confirmed: "2027-05-18T22:30", Cast.P1, Cast.P2).RunsUntil("2027-06-01T12:00");
        cycle.Prepares(PartnerTask.Accreditation, Accreditor, PreparationState.Open).RunsUntil("2027-06-20T12:00");
        AskedSince(cycle, Cast.Coordinator).ShouldBe(["2027-06-01T12:00", "2027-06-04T09:00", "2027-06-08T09:00"]);
    }

    [Fact]
    public void An_accreditation_that_is_opened_anew_is_asked_for_anew_by_those_who_were_asked_before()
    {
        var cycle = Unaccredited().RunsUntil("2027-06-10T12:00").Prepares(PartnerTask.Accreditation, Accreditor).RunsUntil("2027-06-11T12:00");
        cycle.Prepares(PartnerTask.Accreditation, Accreditor, PreparationState.Open).RunsUntil("2027-06-30T12:00");
        AskedSince(cycle, Accreditor).Skip(3).ShouldBe(["2027-06-11T12:00", "2027-06-14T09:00", "2027-06-18T09:00"]);
    }

    [Fact]
    public void A_cycle_does_not_end_while_certificates_wait()
    {
        var cycle = Unaccredited().FinishesTheTask().RunsUntil("2027-12-01T12:00");
        cycle.HasEnded.ShouldBeFalse();
        cycle.Prepares(PartnerTask.Accreditation, Accreditor, PreparationState.Waived).RunsUntil("2027-12-01T12:01").HasEnded.ShouldBeTrue();
    }

    [Fact]
    public void A_cycle_that_ended_with_it_open_as_could_be_before_certificates_waited_asks_nobody()
    {
        var cycle = Unaccredited().Tells(new StageOpened(StageIds.WrapUp, 1, Instant.MinValue), new CycleEnded(StageIds.WrapUp, 1, Instant.MinValue));
        cycle.Cycle.OpenAccreditation().ShouldBeNull();
        cycle.TakesATurn().Turn.WaitingFor.ShouldNotContain(Cast.Coordinator);
    }

    private static readonly PersonId Accreditor = PersonId.From("accreditor");

    /// <summary>The session was held two weeks ago; whom it was asked of has said nothing of the accreditation.</summary>
    private static PlanDriver Unaccredited() => PlanDriver.KickedOff("2027-03-01T10:00").IsAccredited().AsksForPreparation(PartnerTask.Accreditation, Accreditor)
        .RunsUntil("2027-03-08T12:00").HoldsTheSession("2027-05-18T18:00", confirmed: "2027-05-18T22:30", Cast.P1, Cast.P2).RunsUntil("2027-06-01T12:00");

    private static IEnumerable<string> Certificates(PlanDriver cycle) =>
        cycle.MessagesOf(StageIds.Attendance).Where(message => message.StartsWith("certificate", StringComparison.Ordinal));

    /// <summary>Who got a corrected one, and when.</summary>
    private static IEnumerable<string> Reissued(PlanDriver cycle) => cycle.MessagesOf(StageIds.Attendance)
        .Where(message => message.StartsWith("certificate-reissued ", StringComparison.Ordinal))
        .Select(message => message["certificate-reissued ".Length..]);

    /// <summary>When a person was asked for the accreditation after the session.</summary>
    private static IEnumerable<string> AskedSince(PlanDriver cycle, PersonId person) => cycle.MessagesOf(StageIds.Attendance, person)
        .Where(message => message.StartsWith("accreditation-missing", StringComparison.Ordinal))
        .Select(message => message.Split(' ')[^1]);

    private IEnumerable<string> Certificates(PersonId person) =>
        _cycle.MessagesOf(StageIds.Attendance, person).Where(message => message.StartsWith("certificate", StringComparison.Ordinal));

    private IEnumerable<string> Sent(PersonId person, string kind) => _cycle.Cycle.IssuedTo(StageIds.Attendance, person)
        .Where(issued => issued.Key.Kind == kind && issued.Withdrawn is null)
        .OrderBy(issued => issued.At)
        .ThenBy(issued => issued.Key.Occasion, StringComparer.Ordinal)
        .Select(issued => issued.Key.Occasion);
}
