using System.Globalization;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Previews;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Stages.Attendance;
using Cohesion.Workflows.Stages.CaseStudySelection;
using Cohesion.Workflows.Stages.CoachingFollowUp;
using Cohesion.Workflows.Stages.FacilitatorTraining;
using Cohesion.Workflows.Stages.Preparation;
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
    Habits habits,
    ICollection<string> refused,
    Door door,
    Intake intake,
    PromptTurn turn,
    People people,
    CycleRecords cycles,
    SurveyAnswers survey,
    Links links,
    IIdSource ids)
{
    private static readonly string[] Topics = ["Sleep without medication", "Grief, and when it is more", "Talking with families", "Virtual visits"];
    private static readonly string[] Changes = ["Ask how they sleep.", "Book a second visit within two weeks.", "Use the PHQ-9 at each visit."];
    private static readonly string[] Barriers = ["Ten minutes are short.", "Nobody to refer to within a month.", "No time to learn a new form."];

    /// <summary>The task is done; the accreditor's brings the session's id.</summary>
    public async Task Prepare(Ask ask)
    {
        foreach (var asked in (await CycleOf(ask)).Preparations().Select(task => task.Asked).Where(asked => asked.Person == ask.Person))
        {
            var note = asked.Task.Id == "data-brief" ? ask.Community.Crowd.Brief : "";
            var sessionId = string.Create(CultureInfo.InvariantCulture, $"CPD-27-{ask.Community.Number + 1:000}");
            var form = Form(("task", asked.Task.Id), ("state", "done"), ("note", note), ("session-id", sessionId));
            Check(ask, await PreparationForm.Post(ask.Token, form, door, intake, default));
        }
    }

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
        var cycle = await CycleOf(ask);
        var slots = cycle.OpenSlots().Select(SchedulingForm.SlotPattern.Format)
            .Where(slot => habits.Does(0.8, ask.Who, slot))
            .ToArray();
        var seen = (SchedulingForm.Seen, new StringValues($"{cycle.Proposed()?.Number}"));
        var form = slots.Length == 0 ? Form(("answer", "none"), seen) : Form(("slot", new StringValues(slots)), seen);
        Check(ask, await SchedulingForm.Post(ask.Token, form, door, intake, default));
    }

    /// <summary>1 in 3 has no place yet.</summary>
    public async Task SayWhere(Ask ask)
    {
        var place = ask.Community.Crowd.Facilitators == 1 ? "Hall; the Division sends a link to join by video" : "Community Centre, room 2";
        var form = ask.Times == 1 && habits.Does(1.0 / 3, ask.Who, "place follows")
            ? Form(("answer", "follows"))
            : Form(("place", $"{ask.Community.Town} {place}"));
        Check(ask, await VenueForm.Post(ask.Token, form, door, intake, default));
    }

    /// <summary>By the link that the Division forwarded.</summary>
    public async Task Register(Ask ask, TypedPerson person)
    {
        var form = Form(("name", person.Name), ("address", person.Address), ("need", Need(person.Name, ask)));
        Check(ask, await RegisterForm.Post(ask.Token, form, door, people, intake, turn, default));
    }

    /// <summary>
    /// Who is offered a seat takes it, and 7 in 10 of those who have one do the module. 3 in 10 replies are sent by office staff.
    /// Where all is said, nothing is pressed.
    /// </summary>
    public async Task Reply(Ask ask, bool comes)
    {
        var cycle = await CycleOf(ask);
        var seat = Seating.Of(cycle, ask.Person);
        var isOpen = intake.Now < ReplyForm.Closes(cycle);
        var answer = !comes ? "not-this-time"
            : seat.Stands == Stands.Offered ? "take"
            : isOpen && !seat.Wishes ? "yes"
            : seat.Stands == Stands.HasSeat && habits.Does(0.7, ask.Who, "module") ? "homework-done"
            : null;
        if (answer is not null)
        {
            var office = habits.Does(0.3, ask.Who, "office staff") ? "The front desk" : "";
            var form = Form(("answer", answer), ("office", office), ("need", Need(ask.Name, ask)));
            Check(ask, await ReplyForm.Post(ask.Token, form, door, intake, turn, default));
        }
    }

    public async Task CancelTheSeat(Ask ask) =>
        Check(ask, await ReplyForm.Post(await OtherPage(ask, ReplyForm.Page), Form(("answer", "not-this-time")), door, intake, turn, default));

    /// <summary>5 are too few; the lead lets it go ahead all the same.</summary>
    public async Task LetItGoAhead(Ask ask) =>
        Check(ask, await GoForm.Post(ask.Token, Form(("decision", "go")), door, intake, people, default));

    /// <summary>Only where the session is about to begin.</summary>
    public async Task CheckIn(Ask ask)
    {
        var cycle = await CycleOf(ask);
        if (CheckInForm.Opens(cycle) <= intake.Now && intake.Now < cycle.Session()!.Starts)
        {
            Check(ask, await CheckInForm.Post(ask.Token, Form(("answer", "here")), door, intake, default));
        }
    }

    /// <summary>Those who came without an invitation are added first.</summary>
    public async Task ConfirmTheList(Ask ask)
    {
        foreach (var walkIn in ask.Community.WalkIns)
        {
            Check(ask, await ListForm.Post(ask.Token, WalkIn(walkIn), door, intake, people, ids, default));
        }

        Check(ask, await ListForm.Post(ask.Token, await ListOf(ask.Community), door, intake, people, ids, default));
    }

    public static IFormCollection WalkIn(TypedPerson person) => Form(("answer", "walk-in"), ("name", person.Name), ("address", person.Address));

    public async Task<IFormCollection> ListOf(Community community)
    {
        var there = new List<string>();
        foreach (var participant in (await cycles.Read(community.Cycle))!.Snapshot.Members(Role.Participant))
        {
            if (community.IsThere((await people.Get(participant)).Name))
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
            (SurveyQuestions.TopicWanted, OneOf(Topics, ask, SurveyQuestions.TopicWanted)),
            (SurveyQuestions.PracticeChange, OneOf(Changes, ask, SurveyQuestions.PracticeChange)),
            (SurveyQuestions.Barriers, OneOf(Barriers, ask, SurveyQuestions.Barriers)),
            ("step", "send"));
        Check(ask, await SurveyForm.Post(ask.Token, form, door, survey, intake, default));
        if (ask.Community.WantsACoach(ask.Name))
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

    private async Task AskAfterwards(Ask ask, IFormCollection form) =>
        Check(ask, await CoachRequestForm.Post(await OtherPage(ask, AskPages.Coach), form, door, intake, default));

    /// <summary>What opens another page of the same participant, to which one of their pages leads.</summary>
    private async Task<string> OtherPage(Ask ask, string page) =>
        links.AskPath(page, await people.Get(ask.Person), ask.Community.Cycle, Role.Participant, intake.Now).Split('/')[^1];

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

    /// <summary>1 in 5 has one.</summary>
    private string Need(string name, Ask ask) =>
        habits.Does(0.2, $"{ask.Community.Name} {name}", "has a need") ? Needs.Ids[habits.Pick(Needs.Ids.Count, name, "need")] : "";

    /// <summary>4 in 10 say nothing.</summary>
    private string OneOf(string[] words, Ask ask, string question) =>
        habits.Does(0.6, ask.Who, question) ? words[habits.Pick(words.Length, ask.Who, $"{question} words")] : "";

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
