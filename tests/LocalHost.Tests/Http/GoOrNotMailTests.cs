using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Stages.Attendance;
using NodaTime;

namespace Cohesion.Workflows.LocalHost.Tests.Http;

/// <summary>What the mails say that ask whether a session goes ahead.</summary>
public sealed class GoOrNotMailTests : BeforeASession
{
    [Fact]
    public async Task Each_mail_to_the_lead_says_how_long_is_left_and_what_happens_without_an_answer()
    {
        await Invite();
        await Host.StepTo(At(Session) - Duration.FromDays(6));
        var mails = (await Coordinator.MailsTo("Lee Larsen")).Where(mail => mail.Text.Contains("planned for at least", StringComparison.Ordinal)).Reverse().ToList();
        mails.Select(mail => mail.Subject.Split(" (and")[0]).ShouldBe(
        [
            "Cedar Inlet: does the session on Tue 25 May go ahead?",
            "Cedar Inlet: session in 11 days, does it go ahead?",
            "Cedar Inlet: session in 7 days, does it go ahead?",
        ]);
        mails[0].Text.ShouldContain("Please decide by Thu 13 May, 5:00 pm; on Fri 14 May the coordinator is asked too.");
        mails[1].Text.ShouldContain("Nobody has decided yet about the session in 11 days");
        mails[1].Text.ShouldContain("The coordinator is asked too.");
        mails[2].Text.ShouldContain("the less time people have to change their plans");
        mails.ShouldAllBe(mail => mail.Text.Contains("Without an answer the session goes ahead.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_coordinator_reads_with_the_headcount_that_it_is_too_few_and_later_that_the_lead_has_not_answered()
    {
        await Invite();
        await Host.StepTo(At(Session) - Duration.FromDays(12));
        (await Coordinator.MailTo("Robin Marsh", "no place yet")).ShouldContain("0 have a seat at the session on Tuesday 25 May 2027, 6:00 to 8:00 pm Pacific Time (UTC-7).");
        (await Coordinator.MailTo("Robin Marsh", "no place yet")).ShouldContain("That is fewer than the 6 that the session was planned for; the Division lead is asked whether it goes ahead.");
        await Host.StepTo(At(Session) - Duration.FromDays(7));
        (await Coordinator.MailsTo("Robin Marsh")).ShouldContain(mail => mail.Text.Contains("The Division lead was asked on Tue 11 May and has not answered", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Asked_again_a_week_before_a_Tuesday_the_coordinator_s_mail_comes_on_the_day_that_the_lead_was_told()
    {
        await Invite();
        await Host.StepTo(At(Session) - Duration.FromDays(13));
        using var lead = await As("Lee Larsen", GoForm.Page, Role.DivisionLead);
        await lead.Press("Invite more people");
        await Host.StepTo(At(new LocalDateTime(2027, 5, 18, 18, 0)));
        await lead.Open(lead.Path);
        lead.Text.ShouldContain("Please decide by Wed 19 May, 5:00 pm; on Thu 20 May the coordinator is asked too.");
        await Host.StepTo(At(new LocalDateTime(2027, 5, 20, 7, 59)));
        (await Asked()).ShouldBe(0);
        await Host.StepTo(At(new LocalDateTime(2027, 5, 20, 8, 1)));
        (await Asked()).ShouldBe(1);

        async Task<int> Asked() => (await Coordinator.MailsTo("Robin Marsh")).Count(mail => mail.Text.Contains("has not answered; you can decide it too", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Enough_seats_are_not_said_to_be_too_few()
    {
        await Invite(otherwise: [("participants", [string.Join('\n', Enumerable.Range(1, 6).Select(number => $"Provider {number}, p{number}@clinic.example"))])]);
        foreach (var number in Enumerable.Range(1, 6))
        {
            using var page = await As($"Provider {number}", ReplyForm.Page);
            await page.Press("Yes, I will come");
        }

        await Host.StepTo(At(Session) - Duration.FromDays(12));
        (await Coordinator.MailTo("Robin Marsh", "no place yet")).ShouldNotContain("fewer than");
    }

    [Fact]
    public async Task Once_more_were_invited_the_mail_does_not_offer_that_again()
    {
        await Invite();
        await Host.StepTo(At(Session) - Duration.FromDays(13));
        using var lead = await As("Lee Larsen", GoForm.Page, Role.DivisionLead);
        await lead.Press("Invite more people");
        await Host.StepTo(At(Session) - Duration.FromDays(5));
        var mail = (await Coordinator.MailsTo("Lee Larsen"))[0];
        mail.Subject.ShouldStartWith("Cedar Inlet: once more, does Tue 25 May go ahead?");
        mail.Text.ShouldContain("Cedar Inlet: new headcount for Tue 25 May");
        mail.Text.ShouldContain("Should it go ahead, or be postponed?");
        mail.Text.ShouldNotContain("should more people be invited");
    }

    [Fact]
    public async Task The_coordinator_reads_on_its_page_why_they_are_asked()
    {
        await Invite();
        await Host.StepTo(At(Session) - Duration.FromDays(8));
        (await Coordinator.Browser.Open($"{Coordinator.Cycle}/go")).Text.ShouldContain("has not answered; you can decide it too.");
        using var lead = await As("Lee Larsen", GoForm.Page, Role.DivisionLead);
        lead.Text.ShouldContain("The coordinator is asked too.");
    }
}
