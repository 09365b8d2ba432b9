using System.Net;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.LocalHost.Stepped;
using NodaTime;
using NodaTime.Text;

namespace Cohesion.Workflows.LocalHost.Tests.Http;

/// <summary>One community from the form to the wrap-up, over HTTP, on real SQLite, in virtual time.</summary>
public sealed class WholeCycleTests : IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("cohesion-").FullName;
    private SteppedHost _host = null!;
    private Coordinator _coordinator = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await SteppedHost.Start(_data, At("2027-03-01T08:30"));
        _coordinator = new Coordinator(_host.Address);
        await _coordinator.SetUp(_host.SetUpPath);
    }

    public async ValueTask DisposeAsync()
    {
        _coordinator.Dispose();
        await _host.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task A_community_goes_from_the_form_to_the_wrap_up_as_approved()
    {
        await _coordinator.Start(CedarInlet.Form);
        await ChooseTheCase();
        await TrainTheFacilitators();
        await FindTheDate();
        await Invite();
        await ConfirmTheList();
        await AnswerTheSurvey();
        await Coach();

        var report = await new CycleReport(_host.Services).Of(CycleId.From(_coordinator.Cycle.Split('/')[^1]));
        report.ShouldContain("* wrap-up done");
        Approved.Matches("whole-cycle", report);
    }

    private async Task ChooseTheCase()
    {
        await StepTo("2027-03-01T12:00");
        await Person("Ada Wong", "choose the case", page => page.Press("Choose this case", ("case-study", ["alcohol-and-low-mood"])));
        await StepTo("2027-03-03T12:00");
        await Person("Bo Li", "choose the case", page => page.Press("Choose this case", ("case-study", ["after-the-emergency-visit"])));
        await StepTo("2027-03-05T18:00");
        await Person("Bo Li", "choose the case", page => page.Press("Choose this case", ("case-study", ["alcohol-and-low-mood"])));
        await Person("Chitra Rao", "choice of case", page => page.Press("Choose this case", ("case-study", ["depression-in-a-busy-day"])));
        await StepTo("2027-03-12T08:00");
    }

    private async Task TrainTheFacilitators()
    {
        await Person("Bo Li", "will you lead", page => page.Press("Not this time"));
        await Person("Ada Wong", "will you lead", page => page.Press("I will lead it"));
        await StepTo("2027-03-20T10:00");
        await Person("Ada Wong", "module is still open", page => page.Press("I have done the module"));
        await StepTo("2027-04-01T18:00");
        await _coordinator.Browser.Open(_coordinator.Cycle);
        await _coordinator.Browser.Press("Name this facilitator", ("name", ["Dov Katz"]), ("address", ["dov@clinic.example"]));
        await StepTo("2027-04-02T10:00");
        await Person("Dov Katz", "will you lead", page => page.Press("I will lead it"));
    }

    private async Task FindTheDate()
    {
        await StepTo("2027-04-02T11:00");
        await _coordinator.ProposeSlots("2027-05-26T18:00", "2027-05-27T18:00", "2027-06-01T12:00");
        await StepTo("2027-04-03T11:00");
        await Person("Ada Wong", "which dates", page => page.Press("Save my dates", ("slot", ["2027-05-26T18:00", "2027-05-27T18:00"])));
        await Person("Dov Katz", "which dates", page => page.Press("Save my dates", ("slot", ["2027-05-27T18:00", "2027-06-01T12:00"])));
        await Person("Lee Larsen", "which dates", page => page.Press("I can make none of these"));
        await Person("Dov Katz", "will you lead", page => page.Press("I have done the module"));
        await StepTo("2027-04-15T08:00");
    }

    private async Task Invite()
    {
        await Person("Eve Stone", "please reply", page => page.Press("Yes, I will come"));
        await Person("Flo Mercier", "please reply", page => page.Press("Not this time"));
        await StepTo("2027-04-30T12:00");
        await Person("Gus xʷməθkʷəy̓əm", "a place is open", page => page.Press("Yes, I will come"));
        await Person("Eve Stone", "please reply", page => page.Press("Not this time"));
        await Person("Eve Stone", "please reply", page => page.Press("Yes, I will come"));
        await StepTo("2027-05-28T12:00");
    }

    private async Task ConfirmTheList()
    {
        var page = await _coordinator.AsPerson("Ada Wong", "confirm who was there");
        var hana = page.Page.QuerySelectorAll("label.choice").First(row => row.TextContent.Contains("Hana", StringComparison.Ordinal));
        var ticked = page.Page.QuerySelectorAll("input[checked]").Append(hana.QuerySelector("input")!).Select(box => box.GetAttribute("value")!);
        await page.Press("Confirm the list", ("attended", [.. ticked]));
        page.Text.ShouldContain("The list is confirmed: 3 were at the session.");
        await StepTo("2027-05-29T12:00");
    }

    private async Task AnswerTheSurvey()
    {
        await Person("Eve Stone", "two questions", async page =>
        {
            await page.Press("Review my answers", ("facilitation", ["yes"]), ("more", ["yes"]));
            await page.Press("Send my answers");
            await page.Open(page.Page.QuerySelector("a[href^='/coach/']")!.GetAttribute("href")!);
            return await page.Press("Yes, please ask the coach to call me");
        });
        await StepTo("2027-06-06T12:00");
        await Person("Gus xʷməθkʷəy̓əm", "two answers", async page =>
        {
            await page.Press("Review my answers", ("facilitation", ["no"]));
            return await page.Press("Send my answers");
        });
        await StepTo("2027-06-13T12:00");
    }

    private async Task Coach()
    {
        await Person("Kim Coach", "a new task", async page =>
        {
            await page.Press("This is done");
            return await page.Press("This is done");
        });
        await StepTo("2027-06-20T12:00");
    }

    private async Task Person(string name, string subject, Func<Browser, Task<Browser>> act)
    {
        using var page = await _coordinator.AsPerson(name, subject);
        (await act(page)).Status.ShouldBe(HttpStatusCode.OK);
    }

    private Task StepTo(string local) => _host.StepTo(At(local));

    private static Instant At(string local) => LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm").Parse(local).Value
        .InZoneStrictly(DateTimeZoneProviders.Tzdb["America/Vancouver"]).ToInstant();
}
