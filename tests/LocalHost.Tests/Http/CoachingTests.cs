using System.Net;
using AngleSharp.Dom;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Stages.CoachingFollowUp;
using Cohesion.Workflows.Testing.Stories;
using Cohesion.Workflows.Walking;
using Cohesion.Workflows.Web;
using Microsoft.Extensions.DependencyInjection;

namespace Cohesion.Workflows.LocalHost.Tests.Http;

/// <summary>The coach's pages, and those of the people who ask.</summary>
public sealed class CoachingTests : AfterASession
{
    [Fact]
    public async Task A_coach_tells_how_far_a_task_is_and_takes_it_back()
    {
        using var coach = await AtTheTask();
        coach.Text.ShouldContain("The first contact is still to be made.");
        await coach.Press("I have been in touch");
        coach.Text.ShouldContain("The first contact is made; an answer is awaited. An update is due Mon 15 Mar.");
        await coach.Press("Save the plan", ("plan", ["Ask about sleep — xʷməθkʷəy̓əm"]));
        coach.Text.ShouldContain("What will change: Ask about sleep — xʷməθkʷəy̓əm");
        await coach.Press("This is done");
        await coach.Press("Take it up again");
        coach.Text.ShouldContain("The first contact is still to be made.");
        coach.Page.QuerySelector("textarea[name=plan]")!.TextContent.ShouldBe("Ask about sleep — xʷməθkʷəy̓əm");
    }

    [Theory]
    [InlineData("250 555 0199", "The coach is Kim Coach, 250 555 0199.", "coach, 250 555 0199")]
    [InlineData("", "The coach is Kim Coach.", "coach")]
    public async Task Who_asked_for_a_coach_and_the_coordinator_read_how_to_reach_them_where_that_was_given(string phone, string toThem, string toCoordinator)
    {
        await HoldTheSession(("coach-phone", [phone]));
        using var eve = await As("Eve Stone", CoachRequestForm.Page);
        eve.Text.ShouldNotContain("The coach is");
        (await eve.Press("Yes, please ask the coach to call me")).Text.ShouldContain(toThem);
        var desk = await Coordinator.Browser.Open(Coordinator.Cycle);
        desk.Page.QuerySelectorAll("tr").Single(row => row.Children[0].TextContent.Trim() == "Kim Coach").Children[1].TextContent.ShouldBe(toCoordinator);
    }

    [Theory]
    [InlineData("Save the plan", "plan", "")]
    [InlineData("Put it off", "until", "2027-06-30")]
    [InlineData("Put it off", "until", "2027-03-01")]
    [InlineData("Put it off", "until", "next week")]
    public async Task What_cannot_be_used_is_named_beside_its_field_and_stays(string button, string field, string typed)
    {
        using var coach = await AtTheTask();
        await coach.Press(button, (field, [typed]));
        coach.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        coach.Page.QuerySelectorAll("div.problem").Length.ShouldBe(1);
        coach.Page.QuerySelectorAll("details[open]").Length.ShouldBe(1);
        if (field == "until")
        {
            coach.Page.QuerySelector("input[name=until]")!.GetAttribute("value").ShouldBe(typed);
        }

        (await Snapshot()).All<CoachTaskTold>().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_try_that_is_sent_twice_is_one_try_and_after_three_the_task_can_be_closed_as_not_reached()
    {
        using var coach = await AtTheTask();
        var before = coach.Page;
        await coach.Press("Tried, no answer");
        await coach.PressOn(before, "Tried, no answer");
        await coach.Press("Tried, no answer");
        coach.Page.QuerySelectorAll("button").ShouldNotContain(button => button.TextContent == "Close it as not reached");
        await coach.Press("Tried, no answer");
        await coach.Press("Close it as not reached");
        coach.Text.ShouldContain("Not reached.");
        (await Snapshot()).CoachTasks().First().Tries.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_task_that_is_put_off_can_be_taken_up_at_once()
    {
        using var coach = await AtTheTask();
        await coach.Press("Put it off", ("until", ["2027-03-30"]));
        coach.Text.ShouldContain("Put off until Tue 30 Mar.");
        await coach.Press("Do not put it off");
        coach.Text.ShouldContain("First contact due Mon 8 Mar.");
    }

    [Fact]
    public async Task The_board_shows_the_open_tasks_of_all_communities_those_due_first()
    {
        using var earlier = await AtTheTask();
        await Days(7);
        await HoldTheSession(("community", ["Alder Bay"]));
        await Ask("Eve Stone");
        using var board = await As("Kim Coach", CoachBoard.Page, Role.Coach);
        Lines(board).ShouldBe(["Cedar Inlet", "Alder Bay", "Alder Bay"]);
        board.Page.QuerySelectorAll("h2").Select(title => title.TextContent).ShouldBe(["A call today", "Later"]);
        board.Text.ShouldContain("Eve Stone was at the session and asks for a coach.");

        await board.Open(board.Page.QuerySelector("ul.tasks a[href^='/']")!.GetAttribute("href")!);
        await board.Press("This is done");
        await Days(0);
        await board.Open(board.Page.QuerySelector("main p a")!.GetAttribute("href")!);
        Lines(board).ShouldBe(["Alder Bay", "Alder Bay"]);
    }

    [Fact]
    public async Task What_a_coach_tells_comes_to_the_board_though_there_is_nothing_else_to_record()
    {
        using var coach = await AtTheTask();
        await Days(0);
        await coach.Press("I have been in touch");
        Planner.Plan(await Snapshot(), Host.Now).Changes.ShouldBeEmpty();
        var before = await Revision();
        await Days(0);
        (await Revision()).ShouldBe(before + 1, "A slower turn, of the revision before, could else write the old row again.");
        using var board = await As("Kim Coach", CoachBoard.Page, Role.Coach);
        board.Text.ShouldContain("The first contact is made; an answer is awaited.");
    }

    [Fact]
    public async Task Views_that_were_lost_are_written_again_from_the_cycle()
    {
        using var coach = await AtTheTask();
        await Days(0);
        foreach (var row in await Views())
        {
            await Records.Commit([new RecordWrite.Delete(row.Key, null)]);
        }

        var stored = await Host.Services.GetRequiredService<CycleRecords>().Read((await Snapshot()).Cycle);
        await Host.Services.GetRequiredService<CycleViews>().Rebuild(stored!, Host.Now);
        (await Views()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task What_was_due_is_said_to_have_been()
    {
        using var coach = await AtTheTask();
        await Days(10);
        (await coach.Open(coach.Path)).Text.ShouldContain("First contact was due Mon 8 Mar.");
        using var board = await As("Kim Coach", CoachBoard.Page, Role.Coach);
        board.Text.ShouldContain("First contact was due Mon 8 Mar.");
        await coach.Press("I have been in touch");
        coach.Text.ShouldContain("An update is due ");
    }

    [Fact]
    public async Task The_coach_s_mail_opens_the_task_and_says_whom_to_call()
    {
        await HoldTheSession();
        var text = await Coordinator.MailTo("Kim Coach", "a new task");
        text.ShouldContain("/tasks/");
        text.ShouldContain("How to reach them: Lee Larsen, lead@division.example; 250 555 0100.");
    }

    [Theory]
    [InlineData("250 555 0199", "Please ask Kim Coach, 250 555 0199, how it stands.", "To reach the coach, Kim Coach, call 250 555 0199.")]
    [InlineData("", "Please ask Kim Coach, kim@psp.example, how it stands.", "To reach the coach, Kim Coach, call 250 555 0100.")]
    public async Task The_coordinator_reads_whom_to_ask_and_three_times_something_new_and_at_the_end_people_whom_to_call(string phone, string toCoordinator, string toThem)
    {
        await HoldTheSession(("coach-phone", [phone]));
        await Days(30);
        foreach (var (subject, words) in new[]
        {
            ("Cedar Inlet: a coach's task is overdue", "The Practice Support coach's first contact is 3 working days late."),
            ("Cedar Inlet: the coach's task is still overdue", "It was due on Mon 8 Mar, and nothing has been told of it since."),
            ("Cedar Inlet: last reminder of the coach's task", "It was due on Mon 8 Mar. This is the last reminder"),
        })
        {
            var text = await Coordinator.MailTo("Robin Marsh", subject);
            text.ShouldContain(words);
            text.ShouldContain(toCoordinator);
        }

        await Days(80);
        foreach (var page in new[] { AskPages.Coach, CommitmentForm.Page })
        {
            using var eve = await As("Eve Stone", page);
            eve.Text.ShouldContain(toThem);
        }
    }

    [Fact]
    public async Task Every_mail_to_the_coach_opens_the_board()
    {
        await HoldTheSession();
        await Days(105);
        await Coordinator.Browser.Open("/mail");
        var mails = Coordinator.Browser.Page.QuerySelectorAll("tbody tr").Where(mail => mail.Children[1].TextContent.StartsWith("Kim Coach", StringComparison.Ordinal)).ToList();
        mails.Select(mail => mail.Children[0].TextContent).ShouldContain(subject => subject.Contains("what your session achieved", StringComparison.Ordinal));
        foreach (var path in mails.Select(mail => mail.QuerySelector("small a")!.GetAttribute("href")!))
        {
            (await Coordinator.Browser.Download(path)).Split("/board/").Length.ShouldBeGreaterThan(1, path);
        }
    }

    [Fact]
    public async Task The_coach_and_nobody_else_reads_how_to_reach_who_asked()
    {
        await HoldTheSession();
        using var eve = await As("Eve Stone", AskPages.Coach);
        await eve.Press("Yes, please ask the coach to call me", ("phone", ["250 555 0142 (evenings, ext. 7)"]));
        await Days(0);
        using var coach = await As("Kim Coach", CoachTasksForm.Page, Role.Coach);
        coach.Page.QuerySelectorAll("li a[href^=mailto]").Select(link => link.GetAttribute("href")).ShouldBe(["mailto:lead@division.example", "mailto:office@clinic.example"]);
        coach.Text.ShouldContain("250 555 0142");
        using var board = await As("Kim Coach", CoachBoard.Page, Role.Coach);
        board.Page.QuerySelectorAll("a[href='mailto:office@clinic.example']").Length.ShouldBe(1);
        foreach (var page in new[] { coach, board })
        {
            page.Page.QuerySelector("li a[href='tel:2505550142']")!.TextContent.ShouldBe("250 555 0142 (evenings, ext. 7)");
        }

        (await Coordinator.Browser.Open(Coordinator.Cycle)).Text.ShouldNotContain("250 555 0142");
        (await Records.All(RowRange.StartingWith($"cycle-{(await Snapshot()).Cycle}", Rows.History)).ToListAsync())
            .ShouldAllBe(row => !row["body"].Contains("0142", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_number_is_changed_on_its_page_and_goes_with_the_request()
    {
        await HoldTheSession();
        using var eve = await As("Eve Stone", AskPages.Coach);
        await eve.Press("Yes, please ask the coach to call me", ("phone", [new string('1', 41)]));
        eve.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        eve.Page.QuerySelector("input[name=phone]")!.GetAttribute("value").ShouldBe(new string('1', 41));
        await eve.Press("Yes, please ask the coach to call me", ("phone", [""]));
        var asked = (await Snapshot()).All<CoachRequested>().Single();
        await eve.Press("Save the number", ("phone", ["250 555 0142"]));
        (await Snapshot()).All<CoachRequested>().Single().ShouldBe(asked with { Phone = "250 555 0142" });
        await eve.Press("I do not need a coach after all");
        (await Snapshot()).All<CoachRequested>().Single().Phone.ShouldBeNull();
    }

    [Fact]
    public async Task Somebody_commits_changes_it_takes_it_back_and_nobody_is_asked()
    {
        await HoldTheSession();
        using var eve = await As("Eve Stone", AskPages.Coach);
        await eve.Press("Yes, send it to me", ("commitment", ["Book longer visits"]));
        eve.Text.ShouldContain("Book longer visits");
        await eve.Press("Save the change", ("commitment", ["Book longer visits on Mondays"]));
        await eve.Press("Do not send it to me");
        eve.Text.ShouldNotContain("Mondays");
        (await Snapshot()).All<Committed>().Single().Commitment.ShouldBe("");
    }

    [Fact]
    public async Task A_commitment_that_is_too_long_is_refused_and_stays_as_typed()
    {
        await HoldTheSession();
        using var eve = await As("Eve Stone", AskPages.Coach);
        await eve.Press("Yes, send it to me", ("commitment", [new string('x', 301)]));
        eve.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        eve.Page.QuerySelector("textarea")!.TextContent.ShouldBe(new string('x', 301));
        (await Snapshot()).All<Committed>().ShouldBeEmpty();
    }

    [Fact]
    public async Task After_90_days_they_read_their_own_words_and_answer_and_change_their_answer()
    {
        await HoldTheSession();
        using var form = await As("Eve Stone", AskPages.Coach);
        await form.Press("Yes, send it to me", ("commitment", ["Book longer visits"]));
        // Day 90 is a Sunday: the mail goes out on Monday.
        await Days(91);
        using var eve = await Coordinator.AsPerson("Eve Stone", "what you wanted to change");
        eve.Text.ShouldContain("You can answer, and change your answer, until Sun 13 Jun, 5:00 pm. Without an answer nobody asks again.");
        eve.Text.ShouldContain("Book longer visits");
        await eve.Press("Not yet");
        await eve.Press("Partly");
        eve.Text.ShouldContain("Your answer: Partly.");
        (await Snapshot()).All<CommitmentAnswered>().Single().Kept.ShouldBe(Kept.Partly);
        (await Records.All(RowRange.StartingWith($"cycle-{(await Snapshot()).Cycle}", Rows.History)).ToListAsync())
            .ShouldAllBe(row => !row["body"].Contains("longer visits", StringComparison.Ordinal));
    }

    private async Task<Browser> AtTheTask()
    {
        await HoldTheSession();
        return await As("Kim Coach", CoachTasksForm.Page, Role.Coach);
    }

    private async Task Ask(string name)
    {
        using var page = await As(name, AskPages.Coach);
        await page.Press("Yes, please ask the coach to call me");
        await Days(0);
    }

    private async Task<long> Revision() => (await Host.Services.GetRequiredService<CycleRecords>().Read((await Snapshot()).Cycle))!.Revision;

    private async Task<List<Record>> Views()
    {
        var coach = (await Snapshot()).Members(Role.Coach)[0];
        return await Records.All(RowRange.Whole("views-home")).Concat(Records.All(RowRange.Whole($"views-coach-{coach}"))).ToListAsync();
    }

    private static IEnumerable<string> Lines(Browser board) => board.Page.QuerySelectorAll("ul.tasks strong").Select(line => line.TextContent);
}
