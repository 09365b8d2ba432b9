using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Walking;
using Microsoft.Extensions.DependencyInjection;

namespace Cohesion.Workflows.LocalHost.Tests.Http;

/// <summary>The pages on which people answer before there is a date.</summary>
public sealed class AskPageTests : AfterASession
{
    [Fact]
    public async Task What_was_chosen_stays_where_a_case_is_chosen_twice()
    {
        await Start();
        using var ada = await As("Ada Wong", "case-study", Role.Facilitator);
        await ada.Press("Choose this case", ("case-study", ["alcohol-and-low-mood"]), ("other", ["anxiety-and-the-full-inbox", "alcohol-and-low-mood"]));

        ada.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        ada.Text.ShouldContain("Please choose each case once only.");
        ada.Page.QuerySelectorAll("input[checked]").Select(box => box.GetAttribute("value")).ShouldBe(["alcohol-and-low-mood"]);
        ada.Page.QuerySelectorAll<IHtmlSelectElement>("select").Select(select => select.Value).ShouldBe(["anxiety-and-the-full-inbox", "alcohol-and-low-mood"]);
    }

    [Fact]
    public async Task A_page_says_by_when_and_why_then()
    {
        await Start();
        using var ada = await As("Ada Wong", "case-study", Role.Facilitator);
        ada.Text.ShouldContain("Please choose by Thu 11 Mar, 5:00 pm: the training of your facilitators starts with the case that comes out first.");
        await Tell(new StageOpened(StageIds.FacilitatorTraining, 1, Host.Now), new StageOpened(StageIds.Scheduling, 1, Host.Now));
        await ada.Open(await PathOf("Ada Wong", "training", Role.Facilitator));
        ada.Text.ShouldContain("Please answer by Mon 22 Mar; after that another colleague is asked.");
        await ada.Press("I will lead it");
        ada.Text.ShouldContain("Please be ready by Mon 22 Mar; after that another colleague is asked to step in.");
        await ada.Press("I have done the module");
        await ada.Press("I have nothing to disclose");
        ada.Text.ShouldNotContain("another colleague");

        var cycle = await Snapshot();
        await Tell(new SlotsProposed(1, cycle.Coordinator, [new(2027, 5, 27, 18, 0)], cycle.Coordinator, Host.Now));
        await FirstMorning();
        await ada.Open(await PathOf("Ada Wong", "dates", Role.Facilitator));
        ada.Text.ShouldContain("Please mark your dates by Mon 8 Mar, 5:00 pm; the date that most can make is fixed then");
    }

    private async Task Tell(params Fact[] facts) =>
        await Host.Services.GetRequiredService<Intake>().Record((await Snapshot()).Cycle, facts);
}
