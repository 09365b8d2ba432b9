using System.Net;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Testing.Stories;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Cohesion.Workflows.LocalHost.Tests.Http;

public sealed class PreparationTests : OnAHost
{
    [Fact]
    public async Task A_partner_prepares_and_the_voters_see_the_note_beside_the_cases()
    {
        await Start(("partner-data-brief-name", ["Dana Data"]), ("partner-data-brief-address", ["dana@data.example"]));
        await FirstMorning();
        using var partner = await Coordinator.AsPerson("Dana Data", "please prepare");
        partner.Text.ShouldContain("This is still open.");
        await partner.Press("This is done", ("note", ["It is at https://data.example/cedar-inlet."]));
        partner.Text.ShouldContain("You said that this is done.");

        await FirstMorning();
        using var voter = await Coordinator.AsPerson("Ada Wong", "choose the case");
        voter.Text.ShouldContain("Health Data Coalition, the community's data brief");
        voter.Page.QuerySelector("a[href='https://data.example/cedar-inlet']")!.TextContent.ShouldBe("https://data.example/cedar-inlet");
        await Coordinator.Browser.Open(Coordinator.Cycle);
        Coordinator.Browser.Text.ShouldContain("Preparation");
    }

    [Fact]
    public async Task What_a_partner_says_by_phone_can_be_recorded_after_the_community_is_asked_too()
    {
        await Start(("partner-data-brief-name", ["Dana Data"]), ("partner-data-brief-address", ["dana@data.example"]));
        await FirstMorning();
        await Host.StepTo(Host.Now + Duration.FromDays(7));
        await Coordinator.Browser.Open(Coordinator.Cycle);
        Coordinator.Browser.Text.ShouldContain("the lead and the facilitators choose the case");
        var row = Coordinator.Browser.Page.QuerySelectorAll("tr").Single(row => row.Children[0].TextContent == "Dana Data");
        var desk = await Coordinator.Browser.Open(row.QuerySelector("a[href^='/prepare/']")!.GetAttribute("href")!);
        desk.Text.ShouldContain("You record this for Dana Data.");
        await desk.Press("This is done", ("note", ["https://data.example/cedar-inlet"]));
        using var voter = await Coordinator.AsPerson("Ada Wong", "choose the case");
        voter.Page.QuerySelector("a[href='https://data.example/cedar-inlet']").ShouldNotBeNull();
    }

    [Fact]
    public async Task A_partner_without_an_address_is_named_beside_the_field_and_nothing_starts()
    {
        await Coordinator.Browser.Open("/cycles/new");
        await Coordinator.Browser.Press("Start", [.. CedarInlet.Form, ("partner-coach-name", ["Pat Example"])]);
        Coordinator.Browser.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        Coordinator.Browser.Page.QuerySelector("[name=partner-coach-name]")!.GetAttribute("value").ShouldBe("Pat Example");
    }

    [Fact]
    public async Task A_partner_tells_only_of_their_own_task()
    {
        await Start(
            ("partner-data-brief-name", ["Dana Data"]), ("partner-data-brief-address", ["dana@data.example"]),
            ("partner-coach-name", ["Pat Example"]), ("partner-coach-address", ["pat@psp.example"]));
        await FirstMorning();
        using var partner = await Coordinator.AsPerson("Dana Data", "please prepare");
        await partner.Press("This is done", ("task", ["coach"]));
        using var other = await Coordinator.AsPerson("Pat Example", "please prepare");
        other.Text.ShouldContain("This is still open.");
    }

    [Fact]
    public async Task The_accreditors_person_reads_when_it_is_who_leads_and_what_they_disclose()
    {
        await Start(("partner-accreditation-name", ["Uma Accreditor"]), ("partner-accreditation-address", ["uma@cpd.example"]));
        await FirstMorning();
        using var partner = await Coordinator.AsPerson("Uma Accreditor", "please prepare");
        partner.Text.ShouldContain("The date is not fixed yet.");
        var cycles = Host.Services.GetRequiredService<CycleRecords>();
        var cycle = (await cycles.Read(CycleId.From(Coordinator.Cycle.Split('/')[^1])))!.Snapshot;
        var (facilitators, now) = (cycle.Members(Role.Facilitator), Host.Now);
        await cycles.Record(
            cycle.Cycle,
            [
                new StageOpened(StageIds.FacilitatorTraining, 1, now),
                new LeadingAnswered(1, facilitators[0], Leads: true, facilitators[0], now),
                new LeadingAnswered(1, facilitators[1], Leads: true, facilitators[1], now),
                new LeadingAnswered(1, facilitators[2], Leads: false, facilitators[2], now),
                new Disclosed(1, facilitators[0], "Fees of Example Pharma", facilitators[0], now),
                new StageOpened(StageIds.Scheduling, 1, now),
                new SessionDated(StageIds.Scheduling, 1, now, new LocalDateTime(2027, 5, 25, 18, 0), "America/Vancouver"),
            ],
            now);
        await partner.Open(partner.Path);
        partner.Text.ShouldContain("Tuesday 25 May 2027, 6:00 to 8:00 pm Pacific Time");
        var people = await Host.Services.GetRequiredService<People>().GetAll(facilitators);
        partner.Text.ShouldContain($"Led by {people[0].Name}. Discloses: “Fees of Example Pharma”");
        partner.Text.ShouldContain($"Led by {people[1].Name}. No disclosure of interests yet.");
        partner.Text.ShouldNotContain(people[2].Name);
    }

    [Fact]
    public async Task The_accreditors_person_gives_the_session_id_and_takes_it_back()
    {
        await Start(("partner-accreditation-name", ["Uma Accreditor"]), ("partner-accreditation-address", ["uma@cpd.example"]));
        await FirstMorning();
        using var partner = await Coordinator.AsPerson("Uma Accreditor", "please prepare");
        await partner.Press("This is done", ("note", ["Certified."]), ("session-id", [new string('7', 61)]));
        partner.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        partner.Page.QuerySelector("textarea")!.TextContent.ShouldBe("Certified.");
        await partner.Press("This is done", ("session-id", ["4711-A"]));
        await Coordinator.Browser.Open(Coordinator.Cycle);
        Coordinator.Browser.Page.QuerySelector("input[name=session-id]")!.GetAttribute("value").ShouldBe("4711-A");
        await partner.Press("This is done", ("session-id", [""]));
        await Coordinator.Browser.Open(Coordinator.Cycle);
        (Coordinator.Browser.Page.QuerySelector("input[name=session-id]")!.GetAttribute("value") ?? "").ShouldBeEmpty();
    }
}
