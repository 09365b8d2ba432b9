using System.Net;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Testing.Stories;
using Microsoft.Extensions.DependencyInjection;

namespace Cohesion.Workflows.LocalHost.Tests.Http;

public sealed class DecisionTests : OnAHost
{
    [Theory]
    [InlineData("2027-03-05T18:00", "A date is too early")]
    [InlineData("9999-12-31T23:30", "A date is too far away")]
    [InlineData("2027-05-24T18:00", "Monday 24 May 2027 is a statutory holiday")]
    [InlineData("2027-05-20T18:00", "Thursday 20 May 2027 is one of the days without a session")]
    [InlineData("soon", "Please give 1 to 3 different dates")]
    public async Task A_date_that_cannot_be_proposed_is_refused_and_stays_as_typed(string slot, string said)
    {
        await SchedulingOpens();
        await Coordinator.Browser.Press("Propose these dates", ("slot", ["2027-05-27T18:00", slot]));

        Coordinator.Browser.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        Coordinator.Browser.Text.ShouldContain(said);
        Coordinator.Browser.Page.QuerySelectorAll("[name=slot]")[1].GetAttribute("value").ShouldBe(slot);
    }

    [Fact]
    public async Task The_list_of_communities_says_which_needs_a_decision()
    {
        await SchedulingOpens();
        await FirstMorning();
        await Coordinator.Browser.Open("/");
        Coordinator.Browser.Text.ShouldContain("Your decision");

        await Coordinator.Browser.Open(Coordinator.Cycle);
        await Coordinator.Browser.Press("Propose these dates", ("slot", ["2027-05-27T18:00"]));
        await FirstMorning();
        await Coordinator.Browser.Open("/");
        Coordinator.Browser.Text.ShouldNotContain("Your decision");
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

    private async Task SchedulingOpens()
    {
        await Start(("blackouts", ["2027-05-17 to 2027-05-21"]));
        var cycle = CycleId.From(Coordinator.Cycle.Split('/')[^1]);
        await Host.Services.GetRequiredService<CycleRecords>().Record(cycle, [new StageOpened(StageIds.Scheduling, 1, Host.Now)], Host.Now);
        await Coordinator.Browser.Open(Coordinator.Cycle);
    }
}
