using System.Net;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Stages.Scheduling;
using Cohesion.Workflows.Testing.Stories;
using Cohesion.Workflows.Web;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Cohesion.Workflows.LocalHost.Tests.Http;

public sealed class DecisionTests : OnAHost
{
    [Theory]
    [InlineData("2027-03-05T18:00", "Friday 5 March 2027 is too early: the first possible day is Thursday 22 April 2027.")]
    [InlineData("9999-12-31T23:30", "Friday 31 December 9999 is too far away: the last possible day is Saturday 22 April 2028.")]
    [InlineData("2027-05-24T18:00", "Monday 24 May 2027 is a statutory holiday: the next possible day is Tuesday 25 May 2027.")]
    [InlineData("2027-05-20T18:00", "named at the start: the next possible day is Saturday 22 May 2027.")]
    [InlineData("2027-05-27 18:00", "Please give up to 3 different dates")]
    [InlineData("soon", "“soon” is no date with its time.")]
    public async Task A_date_that_cannot_be_proposed_is_refused_and_stays_as_typed(string slot, string said)
    {
        await SchedulingOpens();
        await Coordinator.Browser.Press("Propose these dates", ("slot", ["2027-05-27T18:00", slot]));

        Coordinator.Browser.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        Coordinator.Browser.Text.ShouldContain(said);
        Coordinator.Browser.Page.QuerySelectorAll("[name=slot]")[1].GetAttribute("value").ShouldBe(slot);
    }

    [Fact]
    public async Task Each_date_that_cannot_be_is_named_at_once_and_the_first_possible_day_is_one_that_can_be()
    {
        await SchedulingOpens("2027-04-22 to 2027-04-29");
        var page = await Coordinator.Browser.Press("Propose these dates", ("slot", ["2027-03-05T18:00", "2027-04-23T18:00", "2027-05-24T18:00"]));
        page.Page.QuerySelector(".problem")!.TextContent.ShouldBe(
            "Friday 5 March 2027 is too early: the first possible day is Friday 30 April 2027.\n"
            + "Friday 23 April 2027 is too early: the first possible day is Friday 30 April 2027.\n"
            + "Monday 24 May 2027 is a statutory holiday: the next possible day is Tuesday 25 May 2027.");
        page.Text.ShouldContain("on Friday 30 April 2027 or later");
    }

    [Fact]
    public async Task Who_can_make_none_of_the_dates_is_told_so_and_not_to_keep_one_free()
    {
        await SchedulingOpens();
        var leader = (await Host.Services.GetRequiredService<People>().Get(await SomebodyLeads())).Name;
        await Coordinator.Browser.Press("Propose these dates", ("slot", ["2027-05-27T18:00"]));
        await FirstMorning();
        using var kim = await Coordinator.AsPerson("Kim Coach", "", SchedulingForm.Page);
        (await kim.Press("I can make none of these")).Text.ShouldContain("It is recorded: none of these dates.");
        using var leads = await Coordinator.AsPerson(leader, "", SchedulingForm.Page);
        (await leads.Press("Save my dates", ("slot", ["2027-05-27T18:00"]))).Text.ShouldContain("The dates are recorded.");
        await Host.StepTo(Host.Now + Duration.FromDays(9));
        (await Coordinator.MailTo("Kim Coach", "the session is on")).ShouldContain("You said that you cannot make this date. If you can after all, please call 250 555 0100");
        (await Coordinator.MailTo(leader, "the session is on")).ShouldContain("Please keep the time free");
    }

    [Fact]
    public async Task Each_reminder_to_propose_dates_has_a_subject_of_its_own()
    {
        await SchedulingOpens();
        await Host.StepTo(Host.Now + NodaTime.Duration.FromDays(14));
        var mails = (await Coordinator.MailsTo("Robin Marsh")).Where(mail => mail.Subject.Contains("dates", StringComparison.Ordinal)).ToList();
        mails.Select(mail => mail.Subject).ShouldBe(
            ["Cedar Inlet: last reminder to propose dates", "Cedar Inlet: dates are still to be proposed", "Cedar Inlet: please propose dates"]);
        mails[0].Text.ShouldContain("This is the last reminder.");
    }

    [Fact]
    public async Task Dates_are_proposed_once()
    {
        await SchedulingOpens();
        var form = Coordinator.Browser.Page;
        await Coordinator.Browser.Press("Propose these dates", ("slot", ["2027-05-27 18:00"]));
        await Coordinator.Browser.PressOn(form, "Propose these dates", ("slot", ["2027-05-28T18:00"]));

        Coordinator.Browser.Text.ShouldContain("Dates are proposed already");
    }

    [Fact]
    public async Task Dates_are_changed_while_people_choose_and_what_was_said_of_one_that_stays_counts()
    {
        await SchedulingOpens();
        var ada = await SomebodyLeads();
        await Coordinator.Browser.Press("Propose these dates", ("slot", ["2027-05-27T18:00", "2027-05-28T18:00"]));
        await Marks(ada, new LocalDateTime(2027, 5, 27, 18, 0));
        var page = await Coordinator.Browser.Open(Coordinator.Cycle);
        page.Text.ShouldContain("Thursday 27 May 2027, 6:00 to 8:00 pm Pacific Time (UTC-7): 1 of 3 can come");
        var old = page.Page;

        await page.Press("Change the dates", ("slot", ["2027-05-27T18:00", "2027-06-02T18:00"]));
        page.Text.ShouldContain("It is recorded.");
        page.Text.ShouldContain("Thursday 27 May 2027, 6:00 to 8:00 pm Pacific Time (UTC-7): 1 of 3 can come");
        page.Text.ShouldContain("Wednesday 2 June 2027, 6:00 to 8:00 pm Pacific Time (UTC-7): 0 of 3 can come");
        page.Text.ShouldNotContain("28 May");

        await page.PressOn(old, "Change the dates", ("slot", ["2027-06-03T18:00"]));
        page.Text.ShouldContain("Dates are proposed already");
    }

    [Fact]
    public async Task Who_answers_on_a_page_from_before_the_dates_changed_sees_the_dates_of_now()
    {
        await SchedulingOpens();
        var ada = await SomebodyLeads();
        await Coordinator.Browser.Press("Propose these dates", ("slot", ["2027-05-27T18:00", "2027-05-28T18:00"]));
        var path = Host.Services.GetRequiredService<Links>().AskPath("dates", await Host.Services.GetRequiredService<People>().Get(ada), (await Snapshot()).Cycle, Role.Facilitator, Host.Now);
        using var browser = await new Testing.Stories.Browser(Host.Address).Open(path);
        await Coordinator.Browser.Press("Change the dates", ("slot", ["2027-05-28T18:00", "2027-06-02T18:00"]));

        await browser.Press("Save my dates", ("slot", ["2027-05-27T18:00", "2027-05-28T18:00"]));
        browser.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        browser.Text.ShouldContain("The dates on offer have changed since this page was opened.");
        browser.Page.QuerySelectorAll("input[checked]").Select(box => box.GetAttribute("value")).ShouldBe(["2027-05-28T18:00"]);
        (await Snapshot()).All<SlotsMarked>().ShouldBeEmpty();
        await browser.Press("Save my dates", ("slot", ["2027-06-02T18:00"]));
        browser.Text.ShouldContain("You marked 1 of 2 dates.");
    }

    [Fact]
    public async Task A_community_says_what_is_next_from_the_start_on()
    {
        await Start();
        Coordinator.Browser.Text.ShouldContain("nothing until Mon 1 Mar, 9:00 am: the lead and the facilitators choose the case");
        await FirstMorning();
        (await Coordinator.Browser.Open(Coordinator.Cycle)).Text.ShouldContain("choose the case, by Thu 11 Mar, 5:00 pm: ");
    }

    /// <summary>One facilitator leads: with the lead and the coach, three who choose the date.</summary>
    private async Task<PersonId> SomebodyLeads()
    {
        var (cycle, records) = (await Snapshot(), Host.Services.GetRequiredService<CycleRecords>());
        var ada = cycle.Members(Role.Facilitator)[0];
        await records.Record(cycle.Cycle, [new StageOpened(StageIds.FacilitatorTraining, 1, Host.Now), new LeadingAnswered(1, ada, Leads: true, ada, Host.Now)], Host.Now);
        await Coordinator.Browser.Open(Coordinator.Cycle);
        return ada;
    }

    private async Task Marks(PersonId person, LocalDateTime slot) =>
        await Host.Services.GetRequiredService<CycleRecords>().Record((await Snapshot()).Cycle, [new SlotsMarked(1, person, [slot], person, Host.Now)], Host.Now);

    private async Task<Snapshot> Snapshot() =>
        (await Host.Services.GetRequiredService<CycleRecords>().Read(CycleId.From(Coordinator.Cycle.Split('/')[^1])))!.Snapshot;

    private async Task SchedulingOpens(string blackouts = "2027-05-17 to 2027-05-21")
    {
        await Start(("blackouts", [blackouts]));
        var cycle = CycleId.From(Coordinator.Cycle.Split('/')[^1]);
        await Host.Services.GetRequiredService<CycleRecords>().Record(cycle, [new StageOpened(StageIds.Scheduling, 1, Host.Now)], Host.Now);
        await Coordinator.Browser.Open(Coordinator.Cycle);
    }
}
