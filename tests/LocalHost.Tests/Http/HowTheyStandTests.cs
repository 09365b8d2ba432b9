using AngleSharp.Dom;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Stages.Attendance;
using Cohesion.Workflows.Testing.Stories;
using Cohesion.Workflows.Web;
using Microsoft.Extensions.DependencyInjection;

namespace Cohesion.Workflows.LocalHost.Tests.Http;

/// <summary>What the coordinator and the Division's staff see of each person: how they stand, and what they need.</summary>
public sealed class HowTheyStandTests : BeforeASession
{
    private static readonly (string, string[])[] WithStaff = [("staff-name", ["Sam Staff"]), ("staff-address", ["sam@division.example"])];

    [Fact]
    public async Task Beside_each_name_stands_the_reply_for_the_coordinator_and_the_staff()
    {
        await Invite(seats: 1, WithStaff);
        await Reply("Eve Stone", "Yes, I will come");
        await Reply("Flo Mercier", "Yes, I will come", ("office", ["Joy"]));
        await Reply("Gus xʷməθkʷəy̓əm", "Not this time");
        (string, string)[] expected =
            [("Eve Stone", "yes"), ("Flo Mercier", "wait-list, place 1, said Joy at their office"), ("Gus xʷməθkʷəy̓əm", "not this time"), ("Ada Wong", "leads; the module is still to do")];
        var desk = await Coordinator.Browser.Open(Coordinator.Cycle);
        using var staff = await As("Sam Staff", AskPages.Own, Role.DivisionStaff);
        foreach (var (name, words) in expected)
        {
            Cell(desk, name, 2).ShouldBe(words);
        }

        Cell(staff, "Eve Stone", 1).ShouldBe("yes");
        Cell(staff, "Flo Mercier", 1).ShouldBe("wait-list, place 1, said Joy at their office");
    }

    [Fact]
    public async Task After_the_session_it_says_who_was_there_and_never_who_answered_the_survey()
    {
        await Invite(seats: null, WithStaff);
        var cycle = await Snapshot();
        var (now, people) = (Host.Now, cycle.Members(Role.Participant));
        await Host.Services.GetRequiredService<CycleRecords>().Record(
            cycle.Cycle,
            [
                .. people.Select((one, i) => new Attended(1, one, i == 0, one, now)),
                new AttendanceListed(1, cycle.Coordinator, cycle.Coordinator, now),
                new StageOpened(StageIds.SurveyCollection, 1, now),
                new SurveyAnswered(1, people[0], people[0], now),
            ],
            now);
        var name = (await Host.Services.GetRequiredService<People>().Get(people[0])).Name;
        using var staff = await As("Sam Staff", AskPages.Own, Role.DivisionStaff);
        var desk = await Coordinator.Browser.Open(Coordinator.Cycle);
        Cell(desk, name, 2).ShouldBe("was there");
        Cell(staff, name, 1).ShouldBe("was there");
        desk.Page.QuerySelectorAll("#people + table tbody tr").Count(row => row.Children[2].TextContent.Trim() == "was not there").ShouldBe(people.Count - 1);
    }

    [Fact]
    public async Task What_somebody_needs_is_read_by_those_who_cater_and_not_on_the_facilitator_s_sheet()
    {
        const string Needs = "Vegan meal; Step-free access; “No nuts”";
        await Invite(seats: null, WithStaff);
        await Reply("Eve Stone", "Yes, I will come", ("need", ["vegan", "step-free"]), ("note", ["No nuts"]), ("office", ["Joy"]));
        using var staff = await As("Sam Staff", AskPages.Own, Role.DivisionStaff);
        Cell(staff, "Eve Stone", 1).ShouldContain(Needs);
        using var ada = await As("Ada Wong", ListForm.Page, Role.Facilitator);
        ada.Text.ShouldContain("Eve Stone");
        ada.Text.ShouldNotContain("Vegan");

        var desk = await Coordinator.Browser.Open(Coordinator.Cycle);
        await desk.Open(desk.Page.QuerySelectorAll("a").Single(link => link.TextContent == "Sheet for the day").GetAttribute("href")!);
        desk.Text.ShouldContain(Needs);
        await desk.Open(Coordinator.Cycle);
        await desk.Open(Row(desk, "Eve Stone").QuerySelector("td a")!.GetAttribute("href")!);
        desk.Text.ShouldContain($"Comes, and has a seat. Said by Joy at their office. Needs: {Needs}.");
    }

    private async Task Reply(string name, string button, params (string Field, string[] Values)[] typed)
    {
        using var browser = await As(name, ReplyForm.Page);
        await browser.Press(button, typed);
    }

    private static IElement Row(Browser page, string name) =>
        page.Page.QuerySelectorAll("tbody tr").Single(row => row.Children[0].TextContent.Trim() == name);

    private static string Cell(Browser page, string name, int column) =>
        string.Join(' ', Row(page, name).Children[column].TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
