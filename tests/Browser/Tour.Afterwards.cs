using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Stages.Attendance;
using Cohesion.Workflows.Stages.CoachingFollowUp;
using Cohesion.Workflows.Stages.SurveyCollection;
using Cohesion.Workflows.Stages.WrapUp;
using Cohesion.Workflows.Testing.Stories;
using NodaTime;

namespace Cohesion.Workflows.BrowserTests;

/// <summary>The tour from the day of the session on.</summary>
public abstract partial class Tour
{
    private async Task Meet()
    {
        await Invite(Everybody, new LocalDateTime(2027, 12, 7, 18, 0));
        using var eve = await As("Eve Stone", ReplyForm.Page);
        await eve.Press("Yes, I will come");
        await eve.Open(await PathOf("Eve Stone", SurveyForm.Page));
        using var kim = await As("Kim Coach", CoachTasksForm.Page, Role.Coach);
        await eve.Open(await PathOf("Eve Stone", CheckInForm.Page));
        using var ada = await As("Ada Wong", ListForm.Page, Role.Facilitator);
        await StepTo("2027-12-07T17:30");
        await eve.Open(eve.Path);
        await eve.Press("Yes, I am here");
        await ada.Open(ada.Path);
        await ada.Press("Add to the list", ("name", [Unreadable]), ("address", ["jo@clinic.example"]));
        await ada.Press("Add to the list", ("name", ["Jo Núñez"]));
        await StepTo("2027-12-07T19:50");
        await eve.Open(eve.Path);
        await eve.Open(await PathOf("Eve Stone", ReplyForm.Page));
        await StepTo("2027-12-08T12:00");
        await eve.Open(await PathOf("Eve Stone", CheckInForm.Page));
        await Desk.Open(Coordinator.Cycle);
        await Desk.Open(Coordinator.Cycle + "/finish");
        await Desk.Open(Coordinator.Cycle + "/list");
        await Desk.Press("Confirm the list");
        await ada.Open(ada.Path);
    }

    private async Task Afterwards()
    {
        await HoldTheSession(Everybody);
        using var eve = await As("Eve Stone", SurveyForm.Page);
        await eve.Press("Review my answers");
        await eve.Press("Review my answers", ("objectives", ["yes"]), ("topic", [Unreadable]));
        await eve.Press("Review my answers", ("topic", ["Sleep"]));
        await eve.Press("Change them");
        await eve.Open(await PathOf("Eve Stone", SurveyStop.Page));
        await eve.Press("Ask me no more");
        await eve.Open(await PathOf("Eve Stone", CertificateForm.Page));
        await WaiveTheAccreditation();
        await eve.Open(eve.Path);
        await Desk.Press("Save the session ID", ("session-id", [Unreadable]));
        await Desk.Press("Save the session ID", ("session-id", ["4711-A"]));
        await eve.Open(eve.Path);
        await eve.Open(await PathOf("Lee Larsen", ResultsForm.Page, Role.DivisionLead));
    }

    private async Task WaiveTheAccreditation()
    {
        await Desk.Open(Coordinator.Cycle);
        await Desk.Press("It covers this session already: send the certificates");
    }

    private async Task Coach()
    {
        using var eve = await As("Eve Stone", CoachRequestForm.Page);
        await eve.Press("Yes, please ask the coach to call me", ("phone", [Unreadable]));
        await eve.Press("Yes, please ask the coach to call me", ("phone", ["250 555 0142"]));
        await eve.Press("Yes, send it to me", ("commitment", [Unreadable]));
        await eve.Press("Yes, send it to me", ("commitment", ["Ask about sleep"]));
        using var kim = await As("Kim Coach", CoachTasksForm.Page, Role.Coach);
        await kim.Press("Tried, no answer");
        await kim.Press("Tried, no answer");
        await kim.Press("Tried, no answer");
        await kim.Press("Save the plan", ("plan", [Unreadable]));
        await kim.Press("Save the plan", ("plan", ["Ask every new patient about sleep."]));
        await kim.Press("Put it off", ("until", ["2030-01-01"]));
        await kim.Press("Put it off", ("until", ["2028-02-01"]));
        await Days(0);
        await kim.Open(await PathOf("Kim Coach", CoachBoard.Page, Role.Coach));
        await Days(90);
        await eve.Open(await PathOf("Eve Stone", CommitmentForm.Page));
        await eve.Press("Partly");
        await eve.Open(await PathOf("Eve Stone", SurveyForm.Page));
    }

    private async Task ReadTheResults()
    {
        var most = new YesFigure.AtLeast(8, 66);
        var (bands, figures) = (
            new SurveyFigures.Bands(YesBand.HalfOrMore, YesBand.FewerThanHalf, YesBand.HalfOrMore, YesBand.HalfOrMore),
            new SurveyFigures.Figures(12, most, new YesFigure.Exactly(6, 50), new YesFigure.FewerThanFive(), most));
        using var lead = await As("Lee Larsen", ResultsForm.Page, Role.DivisionLead);
        foreach (var shown in (SurveyFigures[])[bands, figures])
        {
            await HoldTheSession(Everybody);
            await Record(new SurveyResults(1, shown), new SurveyText(1, SurveyQuestions.TopicWanted, 1, "Sleep and pain"));
            await lead.Open(await PathOf("Lee Larsen", ResultsForm.Page, Role.DivisionLead));
        }
    }

    private async Task Next()
    {
        await WaiveTheAccreditation();
        await Days(105);
        await Desk.Open(Coordinator.Cycle);
        await Desk.Press("Not now");
        await Desk.Open(Coordinator.Cycle + "/next");
        using var eve = await As("Eve Stone", CoachRequestForm.Page);
        await eve.Open(await PathOf("Eve Stone", CommitmentForm.Page));
        using var kim = await As("Kim Coach", CoachTasksForm.Page, Role.Coach);
        await kim.Open(await PathOf("Kim Coach", CoachBoard.Page, Role.Coach));
        await kim.Open(await PathOf("Kim Coach", ResultsForm.Page, Role.Coach));
        var last = Coordinator.Cycle;
        await Coordinator.Start(("authority", ["yes"]));
        await Desk.Open(last);
    }

    private async Task Park()
    {
        await Start();
        var unreadable = Rows.Of(CycleId.From(Coordinator.Cycle.Split('/')[^1]), "f.unreadable");
        await Records.Commit([new RecordWrite.Put(Cohesion.Workflows.Records.Record.Of(unreadable, ("body", "{")))]);
        await Days(8);
        await Desk.Open(Coordinator.Cycle);
        await Records.Commit([new RecordWrite.Delete(unreadable, null)]);
        await Desk.Press("Try again");
        await Desk.Open("/");
    }
}
