using System.Net;
using AngleSharp.Dom;
using Cohesion.Workflows.Coordinators.Access;
using Cohesion.Workflows.Coordinators;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Testing.Stories;
using Cohesion.Workflows.Web;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Cohesion.Workflows.LocalHost.Tests.Http;

/// <summary>Coordinators, and who stands in for one who is away.</summary>
public sealed class CoordinatorsTests : OnAHost
{
    [Fact]
    public async Task A_deputy_decides_in_the_coordinator_s_place_and_it_shows()
    {
        await Start();
        var cycle = CycleId.From(Coordinator.Cycle.Split('/')[^1]);
        await Host.Services.GetRequiredService<CycleRecords>().Record(cycle, [new StageOpened(StageIds.Scheduling, 1, Host.Now)], Host.Now);
        using var deputy = await LetIn("deputy", "Dana Deputy");
        await deputy.Open(Coordinator.Cycle);
        await deputy.Press("Propose these dates", ("slot", ["2027-05-27T18:00"]));
        deputy.Text.ShouldContain("Robin Marsh proposed dates (recorded by Dana Deputy)");
    }

    [Fact]
    public async Task From_the_first_day_to_the_last_the_deputy_gets_the_mail()
    {
        using var deputy = await LetIn("deputy", "Dana Deputy");
        await Coordinator.Browser.Open("/accounts");
        await Coordinator.Browser.Press("Save", ("from", ["2027-03-10"]), ("to", ["2027-03-12"]));
        Coordinator.Browser.Text.ShouldContain("Wed 10 Mar to Fri 12 Mar, Dana Deputy stands in");
        (await Reader(new LocalDate(2027, 3, 9))).ShouldBe("Robin Marsh");
        (await Reader(new LocalDate(2027, 3, 10))).ShouldBe("Dana Deputy");
        (await Reader(new LocalDate(2027, 3, 12))).ShouldBe("Dana Deputy");
        (await Reader(new LocalDate(2027, 3, 13))).ShouldBe("Robin Marsh");
        await Coordinator.Browser.Press("I am back");
        (await Reader(new LocalDate(2027, 3, 10))).ShouldBe("Robin Marsh");
    }

    [Fact]
    public async Task A_mail_of_those_days_is_in_the_deputy_s_box_and_says_whose_it_is()
    {
        using var deputy = await LetIn("deputy", "Dana Deputy");
        await Coordinator.Browser.Open("/accounts");
        await Coordinator.Browser.Press("Save", ("from", ["2027-03-01"]), ("to", ["2027-03-12"]));
        await Start();
        await Host.Services.GetRequiredService<CycleRecords>().Record(
            CycleId.From(Coordinator.Cycle.Split('/')[^1]), [new StageOpened(StageIds.Scheduling, 1, Host.Now)], Host.Now);
        await Host.StepTo(Host.Now + Duration.FromDays(2));
        (await Coordinator.AsPerson("Dana Deputy", "please propose dates")).Dispose();
        await Coordinator.Browser.Open("/mail");
        var mail = Coordinator.Browser.Page.QuerySelectorAll("tbody tr").First(row => row.TextContent.Contains("Dana Deputy", StringComparison.Ordinal));
        (await Coordinator.Browser.Download(mail.QuerySelector("small a")!.GetAttribute("href")!)).ShouldContain("in place of Robin Marsh, who is away");
    }

    [Fact]
    public async Task Deputies_who_are_all_away_leave_the_mail_where_it_was()
    {
        using var deputy = await LetIn("deputy", "Dana Deputy");
        await Coordinator.Browser.Open("/accounts");
        await Coordinator.Browser.Press("Save", ("from", ["2027-03-10"]), ("to", ["2027-03-12"]));
        await deputy.Open("/accounts");
        await deputy.Press("Save", ("from", ["2027-03-10"]), ("to", ["2027-03-12"]));
        (await Reader(new LocalDate(2027, 3, 11))).ShouldBe("Robin Marsh");
    }

    [Theory]
    [InlineData("2027-03-12", "2027-03-10")]
    [InlineData("2026-03-10", "2026-03-12")]
    [InlineData("soon", "2027-03-12")]
    public async Task Days_that_cannot_be_are_refused_and_stay_as_typed(string from, string to)
    {
        using var deputy = await LetIn("deputy", "Dana Deputy");
        await Coordinator.Browser.Open("/accounts");
        await Coordinator.Browser.Press("Save", ("from", [from]), ("to", [to]));
        Coordinator.Browser.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        Coordinator.Browser.Page.QuerySelector("[name=from]")!.GetAttribute("value").ShouldBe(from);
    }

    /// <summary>Who reads the coordinator's mail at noon of a day.</summary>
    private async Task<string> Reader(LocalDate date)
    {
        var noon = date.At(new LocalTime(12, 0)).InZoneStrictly(DateTimeZoneProviders.Tzdb["America/Vancouver"]).ToInstant();
        var robin = (await Host.Services.GetRequiredService<AccountList>().At("robin@division.example")).Single();
        return (await Host.Services.GetRequiredService<Absences>().StandIn(robin, noon)).Name;
    }
}
