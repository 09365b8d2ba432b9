using System.Net;
using Cohesion.Workflows.Cycles;
using NodaTime;
using NodaTime.Text;

namespace Cohesion.Workflows.Testing.Stories;

/// <summary>A host that a story plays on.</summary>
public interface IStoryHost
{
    Task StepTo(Instant instant);

    /// <summary>What a person does at their browser; done again from the start where the host died meanwhile.</summary>
    Task Act(Func<Task> act);
}

/// <summary>Cedar Inlet's way from the form to the wrap-up: what its people do, and when.</summary>
public sealed class CedarInletStory(Coordinator coordinator, IStoryHost host)
{
    public static Instant Start { get; } = At("2027-03-01T08:30");

    public CycleId Cycle => CycleId.From(coordinator.Cycle.Split('/')[^1]);

    public async Task Play()
    {
        await Coordinate(() => coordinator.Browser.Open("/cycles/new"));
        await Coordinate(() => coordinator.Start(CedarInlet.Form));
        await ChooseTheCase();
        await TrainTheFacilitators();
        await FindTheDate();
        await Invite();
        await ConfirmTheList();
        await AnswerTheSurvey();
        await Coach();
        await AnswerForTheCommitment();
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
        await Person("Ada Wong", "will you lead", page => page.PressIfThere("I will lead it"));
        await StepTo("2027-03-20T10:00");
        await Person("Ada Wong", "preparation is still open", async page =>
        {
            await page.PressIfThere("I have done the module");
            return await page.PressIfThere("I have nothing to disclose");
        });
        await StepTo("2027-04-01T18:00");
        await Decide("Name this facilitator", ("name", ["Dov Katz"]), ("address", ["dov@clinic.example"]));
        await StepTo("2027-04-02T10:00");
        await Person("Dov Katz", "will you lead", page => page.PressIfThere("I will lead it"));
    }

    private async Task FindTheDate()
    {
        await StepTo("2027-04-02T11:00");
        await Decide("Propose these dates", ("slot", ["2027-05-26T18:00", "2027-05-27T18:00", "2027-06-01T12:00"]));
        await StepTo("2027-04-05T11:00");
        await Person("Ada Wong", "which dates", page => page.Press("Save my dates", ("slot", ["2027-05-26T18:00", "2027-05-27T18:00"])));
        await Person("Dov Katz", "which dates", page => page.Press("Save my dates", ("slot", ["2027-05-27T18:00", "2027-06-01T12:00"])));
        await Person("Lee Larsen", "which dates", page => page.Press("I can make none of these"));
        await Person("Dov Katz", "will you lead", async page =>
        {
            await page.PressIfThere("I have done the module");
            return await page.PressIfThere("Save my disclosure", ("what", ["Speaker's fees from a publisher"]));
        });
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
        await StepTo("2027-05-14T12:00");
        await Person("Lee Larsen", "go ahead?", page => page.PressIfThere("It goes ahead"));
        await StepTo("2027-05-28T12:00");
    }

    private async Task ConfirmTheList()
    {
        await Person("Ada Wong", "confirm who was there", async page =>
        {
            var hana = page.Page.QuerySelectorAll("label.choice").FirstOrDefault(row => row.TextContent.Contains("Hana", StringComparison.Ordinal));
            var ticked = page.Page.QuerySelectorAll("input[checked]").Append(hana?.QuerySelector("input")).Select(box => box?.GetAttribute("value") ?? "");
            await page.PressIfThere("Confirm the list", ("attended", [.. ticked]));
            page.Text.ShouldContain("The list is confirmed: 3 were at the session.");
            return page;
        });
        await StepTo("2027-05-29T12:00");
    }

    private async Task AnswerTheSurvey()
    {
        await Person("Eve Stone", "your view of the session", page: "survey", act: async page =>
        {
            await page.PressIfThere("Review my answers", ("objectives", ["yes"]), ("free", ["yes"]), ("facilitation", ["yes"]), ("more", ["yes"]), ("topic", ["Sleep & pain"]));
            await page.PressIfThere("Send my answers");
            await page.Open(page.Page.QuerySelector("a[href^='/coach/']")!.GetAttribute("href")!);
            await page.PressIfThere("Yes, please ask the coach to call me");
            return await page.PressIfThere("Yes, send it to me", ("commitment", ["Ask about sleep"]));
        });
        await StepTo("2027-06-06T12:00");
        await Person("Gus xʷməθkʷəy̓əm", "left for your view", async page =>
        {
            await page.PressIfThere("Review my answers", ("facilitation", ["no"]));
            return await page.PressIfThere("Send my answers");
        });
        await StepTo("2027-06-13T12:00");
    }

    private async Task Coach()
    {
        await Person("Kim Coach", "a new task", async page =>
        {
            await page.PressIfThere("This is done");
            return await page.PressIfThere("This is done");
        });
        await StepTo("2027-06-20T12:00");
    }

    private async Task AnswerForTheCommitment()
    {
        await StepTo("2027-08-27T12:00");
        await Person("Eve Stone", "what you wanted to change", page => page.PressIfThere("Partly"));
        await StepTo("2027-08-30T12:00");
    }

    private Task Decide(string button, params (string Field, string[] Values)[] typed) => Coordinate(async () =>
    {
        (await coordinator.Browser.Open(coordinator.Cycle)).Status.ShouldBe(HttpStatusCode.OK);
        await coordinator.Browser.PressIfThere(button, typed);
    });

    private Task Coordinate(Func<Task> act) => host.Act(async () =>
    {
        await act();
        coordinator.Browser.Status.ShouldBe(HttpStatusCode.OK);
    });

    private Task Person(string name, string subject, Func<Browser, Task<Browser>> act, string page = "") => host.Act(async () =>
    {
        using var opened = await coordinator.AsPerson(name, subject, page);
        (await act(opened)).Status.ShouldBe(HttpStatusCode.OK);
    });

    private Task StepTo(string local) => host.StepTo(At(local));

    private static Instant At(string local) => LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm").Parse(local).Value
        .InZoneStrictly(DateTimeZoneProviders.Tzdb["America/Vancouver"]).ToInstant();
}
