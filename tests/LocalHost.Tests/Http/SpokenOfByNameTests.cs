using System.Text.RegularExpressions;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Stages.Attendance;
using Cohesion.Workflows.Stages.CaseStudySelection;
using Cohesion.Workflows.Stages.CoachingFollowUp;
using Cohesion.Workflows.Stages.FacilitatorTraining;
using Cohesion.Workflows.Stages.Preparation;
using Cohesion.Workflows.Stages.Scheduling;
using Cohesion.Workflows.Testing.Stories;
using Cohesion.Workflows.Web;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Cohesion.Workflows.LocalHost.Tests.Http;

/// <summary>Whoever records for a colleague reads of the colleague by name: on no page, and in no thanks, is "you" the colleague.</summary>
public sealed partial class SpokenOfByNameTests : BeforeASession
{
    private static readonly LocalDateTime Afterwards = Session.PlusHours(3);

    [Fact]
    public async Task As_the_case_is_chosen_and_things_are_prepared()
    {
        await Start(("partner-data-brief-name", ["Dana Data"]), ("partner-data-brief-address", ["dana@data.example"]));
        await FirstMorning();
        await Record("Dana Data", Role.Partner, PreparationForm.Page, "This is done", "Thank you. It is recorded.");
        await Host.StepTo(Host.Now + Duration.FromDays(1));
        await Record("Lee Larsen", Role.DivisionLead, CaseStudySelectionForm.Page, "Choose this case", "The choice is recorded.", ("case-study", ["anxiety-and-the-full-inbox"]));
    }

    [Fact]
    public async Task As_a_facilitator_leads_trains_and_marks_dates()
    {
        await Start();
        await Tell(cycle => [new StageOpened(StageIds.CaseStudySelection, 1, Host.Now), new CaseStudyChosen(StageIds.CaseStudySelection, 1, Host.Now, cycle.KickOff.CaseStudies[0].Id)]);
        await FirstMorning();
        foreach (var button in (string[])["Ada Wong will lead it", "Ada Wong has done the module", "Ada Wong has not done it yet", "Ada Wong has nothing to disclose"])
        {
            await Record("Ada Wong", Role.Facilitator, FacilitatorTrainingForm.Page, button, "Thank you. The answer of Ada Wong is recorded.");
        }

        var slots = new[] { Session, Session.PlusDays(1) };
        await Tell(cycle => [new StageOpened(StageIds.Scheduling, 1, Host.Now), new SlotsProposed(1, cycle.Coordinator, [.. slots], cycle.Coordinator, Host.Now)]);
        await Record("Ada Wong", Role.Facilitator, SchedulingForm.Page, "Ada Wong can make none of these", "It is recorded: none of these dates.");
    }

    [Fact]
    public async Task As_participants_reply_and_the_Division_decides()
    {
        await Invite(seats: 1);
        await Record("Eve Stone", Role.Participant, ReplyForm.Page, "Eve Stone will come", "Thank you. The reply of Eve Stone is recorded.");
        await Record("Eve Stone", Role.Participant, ReplyForm.Page, "Eve Stone has done it", "Thank you. It is recorded.");
        await Record("Flo Mercier", Role.Participant, ReplyForm.Page, "Not this time", "Thank you. The reply of Flo Mercier is recorded.");
        await Record("Lee Larsen", Role.DivisionLead, VenueForm.Page, "The place follows", "Thank you. Invitations say that the place follows.");
        await Host.StepTo(At(Session) - Duration.FromDays(10));
        await Desk("Eve Stone", Role.Participant, ReplyForm.Page);
        await Record("Lee Larsen", Role.DivisionLead, GoForm.Page, "It goes ahead", "Thank you. The decision of Lee Larsen is recorded.");
        await Host.StepTo(At(Afterwards));
        await Desk("Eve Stone", Role.Participant, ReplyForm.Page);
        await Record("Ada Wong", Role.Facilitator, ListForm.Page, "Confirm the list", "Thank you. The list is recorded.", ("attended", (await Snapshot()).Members(Role.Participant).Select(one => one.Value).ToArray()));
    }

    [Fact]
    public async Task As_people_ask_for_a_coach_and_the_coach_works()
    {
        await As_participants_reply_and_the_Division_decides();
        await Host.StepTo(At(Afterwards) + Duration.FromHours(12));
        await Record("Eve Stone", Role.Participant, CoachRequestForm.Page, "Yes, please ask the coach to call them", "Thank you. The coach has the name of Eve Stone.");
        await Record("Eve Stone", Role.Participant, CoachRequestForm.Page, "Eve Stone does not need a coach after all", "The request of Eve Stone is taken back.");
        await Record("Eve Stone", Role.Participant, CoachRequestForm.Page, "Yes, send it to them", "Thank you. It is kept for Eve Stone.", ("commitment", ["Ask about sleep"]));
        await Record("Eve Stone", Role.Participant, CoachRequestForm.Page, "Do not send it to them", "It is taken back, and what was written is gone.");
        await Record("Kim Coach", Role.Coach, CoachTasksForm.Page, "Kim Coach has been in touch", "Thank you. It is recorded.");
    }

    [Fact]
    public async Task Nobody_who_has_said_for_whom_is_asked_for_whom_they_answer()
    {
        await Invite();
        (await Desk("Eve Stone", Role.Participant, ReplyForm.Page)).Text.ShouldNotContain("Are you answering for");
        using var eve = await As("Eve Stone", ReplyForm.Page);
        eve.Text.ShouldContain("Are you answering for Eve Stone?");
    }

    private async Task Record(string name, Role role, string page, string button, string thanks, params (string Field, string[] Values)[] typed)
    {
        var desk = await Desk(name, role, page);
        await desk.Press(button, typed);
        desk.Text.ShouldContain(thanks);
        await OfThemByName(desk);
    }

    /// <summary>The coordinator's browser on a page of somebody else's.</summary>
    private async Task<Browser> Desk(string name, Role role, string page)
    {
        var (cycle, people) = (await Snapshot(), Host.Services.GetRequiredService<People>());
        var person = (await people.GetAll(cycle.Members(role), default)).Single(one => one.Name == name);
        var path = Host.Services.GetRequiredService<Links>().RecordPath(page, person, cycle.Cycle, role, cycle.Coordinator, Host.Now);
        var desk = await Coordinator.Browser.Open(path);
        await OfThemByName(desk);
        return desk;
    }

    /// <summary>Of the page but for the sentence that says to the coordinator what they do, and what the session offers.</summary>
    private async Task OfThemByName(Browser desk)
    {
        var main = desk.Page.QuerySelector("main")!;
        main.QuerySelector(".recording")!.Remove();
        var offers = (await Snapshot()).Policy.Attendance.Offers!;
        var text = main.TextContent.Replace(offers, "", StringComparison.Ordinal).Replace("You earn 2 group learning credits.", "", StringComparison.Ordinal)
            .Replace("Thank you.", "", StringComparison.Ordinal);
        YouOrI().Matches(text).Select(match => match.Value).ShouldBeEmpty(text);
    }

    private async Task Tell(Func<Snapshot, IEnumerable<Fact>> facts)
    {
        var cycle = await Snapshot();
        await Host.Services.GetRequiredService<CycleRecords>().Record(cycle.Cycle, [.. facts(cycle)], Host.Now);
    }

    [GeneratedRegex(@"[^.]*\b(you|your|yours|I|my|me)\b[^.]*", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex YouOrI();
}
