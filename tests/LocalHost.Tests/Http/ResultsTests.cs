using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Stages.WrapUp;
using Microsoft.Extensions.DependencyInjection;

namespace Cohesion.Workflows.LocalHost.Tests.Http;

/// <summary>The results, as each reader gets them by mail and on the page.</summary>
public sealed class ResultsTests : AfterASession
{
    private const string ManyAsked = "Asked for a coach: 5.";

    [Theory]
    [InlineData("Dana Data", "Your part, Health Data Coalition: the community's data brief.")]
    [InlineData("Sam Staff", ManyAsked)]
    [InlineData("Lee Larsen", ManyAsked)]
    [InlineData("Kim Coach", ManyAsked)]
    public async Task The_page_says_all_that_the_mail_says(string name, string among)
    {
        await HoldTheSession();
        await AskForACoach(5);
        await Days(20);
        var said = await Said(name, "what your session achieved");
        said.ShouldNotContain(ManyAsked);
        await Days(85);
        using var page = await Coordinator.AsPerson(name, "what came of the coaching", ResultsForm.Page);
        said = [.. said.Except(["The follow-up goes on; you hear what came of it when it is complete."]), .. (await Said(name, "what came of the coaching")).Skip(1)];
        said.ShouldContain(among);
        said.ShouldContain(sentence => sentence.EndsWith("At the session: 6.", StringComparison.Ordinal));
        said.ShouldContain("There is a quality-improvement plan.");
        said.ShouldAllBe(sentence => page.Text.Contains(sentence, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_prepared_while_the_community_chose_is_said_to_have_stood_beside_the_cases()
    {
        await HoldTheSession();
        await AskForACoach(5);
        var partner = (await Snapshot()).Members(Role.Partner)[0];
        await Host.Services.GetRequiredService<CycleRecords>().Record(
            (await Snapshot()).Cycle, [new PreparationTold(1, partner, "data-brief", PreparationState.Done, "https://data.example", partner, Testing.Stories.CedarInletStory.Start - NodaTime.Duration.FromDays(1))], Host.Now);
        await Days(105);
        using var page = await As("Dana Data", ResultsForm.Page, Role.Partner);
        page.Text.ShouldContain("Your part, Health Data Coalition: the community's data brief. It stood beside the cases as the community chose its own.");
    }

    [Fact]
    public async Task Fewer_than_five_who_asked_for_a_coach_are_not_counted()
    {
        await HoldTheSession();
        await AskForACoach(4);
        await Days(105);
        using var page = await As("Sam Staff", ResultsForm.Page, Role.DivisionStaff);
        page.Text.ShouldContain("There is a quality-improvement plan.");
        page.Text.ShouldNotContain("Asked for a coach");
    }

    [Fact]
    public async Task Before_the_end_nothing_is_counted_so_that_nobody_is_seen_to_come_in()
    {
        await HoldTheSession();
        await AskForACoach(5);
        await Days(30);
        using var page = await As("Sam Staff", ResultsForm.Page, Role.DivisionStaff);
        page.Text.ShouldContain("Fewer than five people answered the survey");
        page.Text.ShouldNotContain("Asked for a coach");
        page.Text.ShouldNotContain("plan");
    }

    private Task HoldTheSession() => HoldTheSession(
        ("participants", [string.Join('\n', Enumerable.Range(1, 6).Select(number => $"Provider {number}, p{number}@clinic.example"))]),
        ("staff-name", ["Sam Staff"]),
        ("staff-address", ["sam@division.example"]),
        ("partner-data-brief-name", ["Dana Data"]),
        ("partner-data-brief-address", ["dana@data.example"]));

    /// <summary>The first of them has a plan, and the partner has done their part.</summary>
    private async Task AskForACoach(int people)
    {
        var (cycle, now) = (await Snapshot(), Host.Now);
        var (partner, coach, askers) = (cycle.Members(Role.Partner)[0], cycle.Members(Role.Coach)[0], cycle.Members(Role.Participant).Take(people).ToList());
        await Host.Services.GetRequiredService<CycleRecords>().Record(
            cycle.Cycle,
            [
                new PreparationTold(1, partner, "data-brief", PreparationState.Done, "", partner, now),
                .. askers.Select(asker => new CoachRequested(1, asker, asker, now)),
                new CoachTaskTold(1, coach, askers[0].Value, 1, CoachTaskState.Planned, coach, now, Plan: "Ask about sleep"),
            ],
            now);
    }

    /// <summary>What the mail says between the greeting and its end.</summary>
    private async Task<List<string>> Said(string name, string subject)
    {
        var text = await Coordinator.MailTo(name, subject);
        return [.. text.Split("\n\n").Skip(1).TakeWhile(paragraph => !paragraph.StartsWith("Thank you for making it happen", StringComparison.Ordinal))];
    }
}
