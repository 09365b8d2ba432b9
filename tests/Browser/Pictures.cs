using Cohesion.Workflows.Asks;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Stages.Attendance;
using Cohesion.Workflows.Stages.CaseStudySelection;
using Cohesion.Workflows.Stages.CoachingFollowUp;
using Cohesion.Workflows.Stages.Preparation;
using Cohesion.Workflows.Stages.SurveyCollection;
using Cohesion.Workflows.Web;

namespace Cohesion.Workflows.BrowserTests;

/// <summary>Takes the pictures of the README and the guides out of the demo's world. No test: it runs only when it is asked for.</summary>
public sealed class Pictures(Chromium chromium)
{
    private const int Wide = 1280;
    private const int Narrow = 320;

    [Fact(Explicit = true)]
    public async Task Are_taken_out_of_the_demo()
    {
        await using var album = await Album.Open(chromium);
        var (town, remote, urban) = (album.Communities[0], album.Communities[2], album.Communities[3]);

        await album.Until("2027-02-01T09:45");
        await album.Ask("partner", PreparationForm.Page, town, "Marguerite Oyelaran", Role.Partner, Wide, 900);
        await album.Until("2027-02-08T10:00");
        await album.Page("preview", $"/cycles/{town.Cycle}/preview", Wide, 750);
        await album.Ask("case-study", CaseStudySelectionForm.Page, town, town.Facilitators[0].Name, Role.Facilitator, Wide, 1100);
        await album.Until("2027-04-02T08:30");
        await album.Page("change", $"/cycles/{town.Cycle}/adapt", Wide, 900);
        await album.Mail("invitation", "Yara Eklund");
        await album.Ask("reply", ReplyForm.Page, town, "Yara Eklund", Role.Participant, Wide, 1200);
        await album.Ask("reply-narrow", ReplyForm.Page, town, "Yara Eklund", Role.Participant, Narrow, 1500);
        await album.Until("2027-04-28T08:30");
        await album.Ask("facilitator", AskPages.Own, town, town.Facilitators[0].Name, Role.Facilitator, Wide, 800);
        await album.Ask("division", AskPages.Own, urban, urban.Staff.Name, Role.DivisionStaff, Wide, 1150);
        await album.Until("2027-04-29T08:30");
        await album.Ask("survey", SurveyForm.Page, town, null, Role.Participant, Wide, 1400);
        await album.Until("2027-05-20T08:30");
        await album.Terminal("terminal");
        await album.Page("communities", "/", Wide, 600);
        await album.Page("community", $"/cycles/{remote.Cycle}", Wide, 1100);
        await album.Page("timeline", $"/cycles/{remote.Cycle}#timeline", Wide, 700);
        await album.Page("sent-mail", "/mail", Wide, 700);
        await album.Page("list", "/cycles", Wide, 700);
        await album.Page("lanes", "/cycles/lanes", Wide, 700);
        await album.Page("finish", $"/cycles/{town.Cycle}/finish", Wide, 1100);
        await album.Page("programme", "/programmes/adult-mental-health", Wide, 1100);
        await album.Page("accounts", "/accounts", Wide, 1000);
        await album.Until("2027-06-14T10:00");
        await album.Ask("coach-board", CoachBoard.Page, urban, urban.Coach.Name, Role.Coach, Wide, 1000);
        await album.Ask("coach", CoachTasksForm.Page, urban, urban.Coach.Name, Role.Coach, Wide, 1000);
    }
}
