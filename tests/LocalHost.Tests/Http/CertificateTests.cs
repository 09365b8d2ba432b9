using System.Net;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Stages.Attendance;
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
        eve.Text.Split("Led by ")[1].Split('\n')[0].Trim().Split([", ", " and "], StringSplitOptions.None).ShouldBe(["Ada Wong", "Bo Li", "Chitra Rao"], ignoreOrder: true);
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
