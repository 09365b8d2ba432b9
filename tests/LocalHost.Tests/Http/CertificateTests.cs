using System.Net;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Stages.Attendance;
using Cohesion.Workflows.Testing;
using Cohesion.Workflows.Web;
using Microsoft.Extensions.DependencyInjection;

namespace Cohesion.Workflows.LocalHost.Tests.Http;

public sealed class CertificateTests : AfterASession
{
    [Fact]
    public async Task A_certificate_says_who_was_where_and_gets_its_session_id_later()
    {
        await HoldTheSession();
        using var eve = await Coordinator.AsPerson("Eve Stone", "your view of the session", CertificateForm.Page);
        eve.Text.ShouldContain("Eve Stone");
        eve.Text.ShouldContain("took part in the learning session");
        // In the order of their ids, which are random.
        eve.Text.Split("Led by ")[1].Split("Earned")[0].Trim().Split([", ", " and "], StringSplitOptions.None).ShouldBe(["Ada Wong", "Bo Li", "Chitra Rao"], ignoreOrder: true);
        eve.Text.ShouldContain("Friday 26 February 2027");
        eve.Text.ShouldContain("Earned: 2 group learning credits");
        eve.Text.ShouldContain("Session ID: follows");

        await Coordinator.Browser.Open(Coordinator.Cycle);
        await Coordinator.Browser.Press("Save the session ID", ("session-id", ["4711-A"]));
        await Days(1);
        using var again = await Coordinator.AsPerson("Eve Stone", "has its session ID");
        again.Text.ShouldContain("Session ID: 4711-A");
        using var ada = await Coordinator.AsPerson("Ada Wong", "has its session ID");
        ada.Text.ShouldContain("led the learning session");
    }

    [Fact]
    public async Task While_nobody_has_settled_the_accreditation_everybody_reads_that_certificates_wait_for_it()
    {
        await HoldTheSession(Accreditor);
        foreach (var page in (string[])[CertificateForm.Page, ReplyForm.Page, CheckInForm.Page])
        {
            using var eve = await As("Eve Stone", page);
            eve.Text.ShouldContain("Your certificate follows once the accreditation of the session is settled");
            eve.Text.ShouldNotContain("Earned");
        }

        using var ada = await As("Ada Wong", AskPages.Own, Role.Facilitator);
        ada.Text.ShouldContain("Your certificate follows");
        var desk = await Coordinator.Browser.Open(Coordinator.Cycle);
        desk.Text.ShouldContain("Uma Accreditor (UBC CPD) has not said that the accreditation is done. Certificates state it, so 7 people wait for theirs.");
        (await desk.Open("/")).Text.ShouldContain("Certificates state it, so 7 people wait for theirs.");
        await Days(1);
        (await Coordinator.MailTo("Robin Marsh", "certificates wait for the accreditation")).ShouldContain("the certificates then go out");
    }

    [Fact]
    public async Task The_coordinator_says_that_it_is_not_needed_and_the_certificates_go_out()
    {
        await HoldTheSession(Accreditor);
        await Coordinator.Browser.Open(Coordinator.Cycle);
        var desk = await Coordinator.Browser.Press("It covers this session already: send the certificates");
        desk.Text.ShouldContain("UBC CPD, the accreditation: not needed this time.");
        desk.Text.ShouldContain("Uma Accreditor told how far the preparation is (recorded by Robin Marsh)");
        desk.Text.ShouldNotContain("wait for theirs");
        await Days(1);
        using var eve = await Coordinator.AsPerson("Eve Stone", "your certificate", CertificateForm.Page);
        eve.Text.ShouldContain("Earned: 2 group learning credits");
        using var own = await As("Eve Stone", ReplyForm.Page);
        (await own.Open(own.Page.QuerySelectorAll("a").Single(link => link.TextContent == "Open my certificate").GetAttribute("href")!)).Text.ShouldContain("took part in");
    }

    [Fact]
    public async Task Of_a_session_that_is_not_accredited_the_certificate_states_no_credits()
    {
        await HoldTheSession(Accreditor);
        await Coordinator.Browser.Open(Coordinator.Cycle);
        var desk = await Coordinator.Browser.Press("It is not accredited: send certificates without credits");
        desk.Text.ShouldContain("UBC CPD, the accreditation: this session is not accredited.");
        await Days(1);
        (await Coordinator.MailTo("Eve Stone", "your certificate")).ShouldContain("it states no credits");
        using var eve = await As("Eve Stone", CertificateForm.Page);
        eve.Text.ShouldContain("took part in the learning session");
        eve.Text.ShouldNotContain("Earned");
        eve.Text.ShouldNotContain("certified by");
        eve.Text.ShouldNotContain("Session ID");
    }

    [Fact]
    public async Task Said_after_the_certificates_that_it_is_not_accredited_its_holders_are_told_to_claim_nothing_by_them()
    {
        await HoldTheSession(Accreditor);
        using var uma = await As("Uma Accreditor", AskPages.Prepare, Role.Partner);
        await uma.Press("This is done", ("session-id", [""]));
        await Days(1);
        (await Coordinator.MailTo("Eve Stone", "your certificate of")).ShouldContain("2 group learning credits");
        await uma.Open(uma.Path);
        await uma.Press("This session is not accredited");
        await Days(3);
        var (subject, text) = (await Coordinator.MailsTo("Eve Stone")).Single(mail => mail.Text.Contains("do not claim credits by the earlier one", StringComparison.Ordinal));
        subject.ShouldBe("Cedar Inlet: your certificate now states no credits");
        Laws.MustBeShort(new Mail("", "", "", subject, text, ""));
        using var eve = await As("Eve Stone", CertificateForm.Page);
        eve.Text.ShouldNotContain("Earned");

        await uma.Press("The programme's accreditation covers this session");
        await Days(2);
        (await Coordinator.MailTo("Eve Stone", "now states your credits")).ShouldContain("is accredited after all (2 group learning credits");
    }

    [Fact]
    public async Task Where_it_is_covered_the_accreditor_can_still_give_the_session_id()
    {
        await HoldTheSession(Accreditor);
        var desk = await Coordinator.Browser.Open(Coordinator.Cycle);
        var page = desk.Page.QuerySelector(".decision a")!.GetAttribute("href")!;
        await desk.Press("It covers this session already: send the certificates");
        await desk.Open(page);
        await desk.Press("Save the session ID", ("session-id", ["4711-A"]));
        desk.Text.ShouldContain("accreditation covers this session");
        using var eve = await As("Eve Stone", CertificateForm.Page);
        eve.Text.ShouldContain("Session ID: 4711-A");
    }

    [Fact]
    public async Task The_accreditor_s_word_recorded_for_them_sends_them_too()
    {
        await HoldTheSession(Accreditor);
        var desk = await Coordinator.Browser.Open(Coordinator.Cycle);
        await desk.Open(desk.Page.QuerySelector(".decision a")!.GetAttribute("href")!);
        await desk.Press("This is done", ("session-id", ["4711-A"]));
        using var eve = await As("Eve Stone", CertificateForm.Page);
        eve.Text.ShouldContain("Session ID: 4711-A");
    }

    [Fact]
    public async Task A_name_that_is_corrected_after_the_certificate_went_out_stands_on_it_and_its_holder_is_told()
    {
        await HoldTheSession();
        await Days(1);
        var desk = await Coordinator.Browser.Open(Coordinator.Cycle);
        await desk.Open(desk.Page.QuerySelectorAll("td a").First(link => link.TextContent == "Eve Stone").GetAttribute("href")!);
        await desk.Press("Save the name", ("name", ["Eve Stoné"]));
        await Days(3);
        using var eve = await Coordinator.AsPerson("Eve Stoné", "your name on the certificate", CertificateForm.Page);
        eve.Text.ShouldContain("Eve Stoné");
        eve.Text.ShouldContain("took part in the learning session");
    }

    private static readonly (string, string[])[] Accreditor =
        [("partner-accreditation-name", ["Uma Accreditor"]), ("partner-accreditation-address", ["uma@cpd.example"])];

    [Fact]
    public async Task A_session_id_that_is_too_long_is_refused_and_stays_as_typed()
    {
        await HoldTheSession();
        await Coordinator.Browser.Open(Coordinator.Cycle);
        await Coordinator.Browser.Press("Save the session ID", ("session-id", [new string('7', 61)]));
        Coordinator.Browser.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        Coordinator.Browser.Page.QuerySelector("input[name=session-id]")!.GetAttribute("value").ShouldBe(new string('7', 61));
        (await Snapshot()).SessionId().ShouldBeNull();
    }

    [Fact]
    public async Task Who_is_taken_off_the_list_has_a_certificate_no_more()
    {
        await HoldTheSession();
        using var eve = await As("Eve Stone", CertificateForm.Page);
        var (cycle, ada) = (await Snapshot(), (await Snapshot()).Members(Role.Facilitator)[0]);
        await Host.Services.GetRequiredService<CycleRecords>().Record(
            cycle.Cycle,
            [
                .. cycle.Members(Role.Participant).Select(one => new Attended(1, one, Was: false, ada, Host.Now, "second")),
                new AttendanceListed(1, ada, ada, Host.Now, "second", 2),
            ],
            Host.Now);
        await eve.Open(eve.Path);
        eve.Status.ShouldBe(HttpStatusCode.Gone);
        eve.Text.ShouldContain("does not name you");
    }
}
