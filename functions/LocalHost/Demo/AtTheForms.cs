using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Stages.Attendance;
using Cohesion.Workflows.Stages.CaseStudySelection;
using Cohesion.Workflows.Stages.CoachingFollowUp;
using Cohesion.Workflows.Stages.FacilitatorTraining;
using Cohesion.Workflows.Stages.Scheduling;
using Cohesion.Workflows.Stages.SurveyCollection;
using Cohesion.Workflows.Walking;
using Cohesion.Workflows.Web;
using Microsoft.Extensions.Primitives;

namespace Cohesion.Workflows.LocalHost.Demo;

/// <summary>
/// What people of the demo do on the product's own pages, by the links of their mails. A page that refuses what they send is noted:
/// whoever looks on in the browser may have been first, or else the demo's people have to learn the form anew.
/// </summary>
internal sealed class AtTheForms(
    Habits habits, ICollection<string> refused, Door door, Intake intake, PromptTurn turn, People people, CycleRecords cycles, SurveyAnswers survey, Links links, IIdSource ids)
{
    /// <summary>The share of those who did not say yes.</summary>
    private const double MostWalkIns = 0.15;

    /// <summary>A first choice, and the one after it on the list as the second.</summary>
    public async Task Vote(Ask ask)
    {
        var offered = (await CycleOf(ask)).KickOff.CaseStudies;
        var first = habits.Pick(offered.Count, ask.Who, "vote");
        var form = Form(("case-study", offered[first].Id), ("other", offered[(first + 1) % offered.Count].Id));
        Check(ask, await CaseStudySelectionForm.Post(ask.Token, form, door, intake, default));
    }

    public async Task SayWhetherToLead(Ask ask, bool leads) =>
        Check(ask, await FacilitatorTrainingForm.Post(ask.Token, Form(("answer", leads ? "lead" : "not-this-time")), door, intake, default));

    public async Task DoTheModule(Ask ask) =>
        Check(ask, await FacilitatorTrainingForm.Post(ask.Token, Form(("answer", "module-done")), door, intake, default));

    /// <summary>1 in 5 has something to disclose.</summary>
    public async Task Disclose(Ask ask)
    {
        var form = habits.Does(0.2, ask.Who, "disclosure")
            ? Form(("answer", "disclose"), ("what", "A fee for a talk last year, from a maker of no product named in the case."))
            : Form(("answer", "nothing-to-disclose"));
        Check(ask, await FacilitatorTrainingForm.Post(ask.Token, form, door, intake, default));
    }

    public async Task MarkDates(Ask ask)
    {
        var slots = SchedulingForm.OpenSlots(await CycleOf(ask)).Select(SchedulingForm.SlotPattern.Format)
            .Where(slot => habits.Does(0.8, ask.Who, slot))
            .ToArray();
        var form = slots.Length == 0 ? Form(("answer", "none")) : Form(("slot", new StringValues(slots)));
        Check(ask, await SchedulingForm.Post(ask.Token, form, door, intake, default));
    }

    /// <summary>Who has said so already presses nothing; who is offered a seat takes it.</summary>
    public async Task Reply(Ask ask, bool comes)
    {
        var cycle = await CycleOf(ask);
        var seat = Seating.Of(cycle, ask.Person);
        var isOpen = intake.Now < ReplyForm.Closes(cycle);
        var answer = !comes ? "not-this-time" : seat.Stands == Stands.Offered ? "take" : isOpen && !seat.Wishes ? "yes" : null;
        if (answer is not null)
        {
            Check(ask, await ReplyForm.Post(ask.Token, Form(("answer", answer)), door, intake, turn, default));
        }
    }

    public async Task ConfirmTheList(Ask ask) =>
        Check(ask, await ListForm.Post(ask.Token, await ListOf(ask.Community), door, intake, people, ids, default));

    /// <summary>Who was there: most of those who said yes, and one or two who had not replied.</summary>
    public async Task<IFormCollection> ListOf(Community community)
    {
        var cycle = (await cycles.Read(community.Cycle))!.Snapshot;
        var coming = cycle.All<Replied>().Where(reply => reply.Comes).Select(reply => reply.Person).ToHashSet();
        var there = new List<string>();
        foreach (var participant in cycle.Members(Role.Participant))
        {
            var name = (await people.Get(participant)).Name;
            if (WasThere(community, name, coming.Contains(participant)))
            {
                there.Add(participant.Value);
            }
        }

        return there.Count == 0 ? Form(("answer", "nobody")) : Form(("attended", new StringValues([.. there])));
    }

    /// <summary>The survey, then the named form that its last page links to: 1 in 4 wants to be reminded of what they will change.</summary>
    public async Task AnswerTheSurvey(Ask ask)
    {
        var form = Form(
            ("objectives", YesOrNo(ask, 0.9, "objectives")),
            ("free", YesOrNo(ask, 0.95, "free")),
            ("facilitation", YesOrNo(ask, 0.95, "valued")),
            ("more", YesOrNo(ask, 0.9, "more")),
            ("step", "send"));
        Check(ask, await SurveyForm.Post(ask.Token, form, door, survey, intake, default));
        var crowd = ask.Community.Crowd;
        if (habits.Does((double)crowd.WantCoach / crowd.Answer, ask.Who, "coach"))
        {
            await AskAfterwards(ask, Form(("answer", "coach")));
        }

        if (habits.Does(0.25, ask.Who, "commits"))
        {
            await AskAfterwards(ask, Form(("answer", "remind"), ("commitment", "Ask every new patient how they sleep.")));
        }
    }

    public async Task AnswerForTheCommitment(Ask ask)
    {
        string[] answers = ["yes", "yes", "partly", "not-yet"];
        Check(ask, await CommitmentForm.Post(ask.Token, Form(("answer", answers[habits.Pick(answers.Length, ask.Who, "kept")])), door, intake, default));
    }

    private async Task AskAfterwards(Ask ask, IFormCollection form)
    {
        var path = links.AskPath(AskPages.Coach, await people.Get(ask.Person), ask.Community.Cycle, Role.Participant, intake.Now);
        Check(ask, await CoachRequestForm.Post(path.Split('/')[^1], form, door, intake, default));
    }

    /// <summary>Brings every open task a step on: a call, of which 6 in 10 come to a plan a week later, which is done after another.</summary>
    public async Task WorkTasks(Ask ask)
    {
        foreach (var task in (await CycleOf(ask)).CoachTasks().Where(task => task.IsOpen).ToList())
        {
            var who = task.Asker is { } asker ? (await people.Get(asker)).Name : task.Id;
            var answer = task.State switch
            {
                CoachTaskState.ToDo when habits.Does(0.6, ask.Who, $"plan with {who}") => "contacted",
                CoachTaskState.ToDo when habits.Does(0.5, ask.Who, $"not now with {who}") => "not-now",
                CoachTaskState.Contacted => "plan",
                _ => "done",
            };
            var form = Form(("task", task.Id), ("answer", answer), ("plan", "Ask every new patient about sleep, and book a second visit."));
            Check(ask, await CoachTasksForm.Post(ask.Token, form, door, intake, people, default));
        }
    }

    public static IFormCollection Form(params (string Field, StringValues Values)[] fields) =>
        new FormCollection(fields.ToDictionary(field => field.Field, field => field.Values, StringComparer.Ordinal));

    private bool WasThere(Community community, string name, bool saidYes)
    {
        var crowd = community.Crowd;
        var share = saidYes ? (double)crowd.Attend / crowd.Accept : Math.Min(MostWalkIns, 1.5 / (crowd.Invited - crowd.Accept));
        return habits.Does(share, $"{community.Name} {name}", "is there");
    }

    private string YesOrNo(Ask ask, double share, string question) => habits.Does(share, ask.Who, question) ? "yes" : "no";

    private async Task<Snapshot> CycleOf(Ask ask) => (await cycles.Read(ask.Community.Cycle))!.Snapshot;

    private void Check(Ask ask, IResult result)
    {
        if (result is IStatusCodeHttpResult { StatusCode: >= StatusCodes.Status400BadRequest })
        {
            refused.Add($"{ask.Community.Name}, page {ask.Page}: what {ask.Name} sent was refused.");
        }
    }
}
