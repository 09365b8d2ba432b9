using Cohesion.Workflows.Stages.Attendance;
using Cohesion.Workflows.Stages.SurveyCollection;
using Cohesion.Workflows.Web;

namespace Cohesion.Workflows.LocalHost.Tests.Http;

/// <summary>What the mail on the survey says, and opens.</summary>
public sealed class SurveyMailTests : AfterASession
{
    [Fact]
    public async Task The_survey_comes_first_in_the_mail_that_it_shares_with_the_certificate()
    {
        await HoldTheSession();
        var (subject, text) = (await Coordinator.MailsTo("Eve Stone"))[0];
        subject.ShouldBe("Cedar Inlet: your view of the session (and 1 more)");
        text.IndexOf("/survey/", StringComparison.Ordinal).ShouldBeInRange(1, text.IndexOf("/certificate/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_never_answers_is_offered_a_coach_in_the_last_reminder_and_on_the_closed_page()
    {
        await HoldTheSession();
        // Day 12 is a Saturday: the mail goes out on Monday.
        await Days(14);
        var mails = await Coordinator.MailsTo("Eve Stone");
        mails.Select(mail => mail.Text.Contains("/coach/", StringComparison.Ordinal)).ShouldBe([true, false, false, false]);
        using var form = await Coordinator.AsPerson("Eve Stone", "for your view", AskPages.Coach);
        form.Text.ShouldContain("This page has your name on it; your survey answers do not.");

        using var survey = await As("Eve Stone", SurveyForm.Page);
        survey.Page.QuerySelector("a[href^='/coach/']").ShouldBeNull();
        await Days(3);
        await survey.Open(survey.Path);
        survey.Text.ShouldContain("The survey is closed.");
        survey.Page.QuerySelector("a[href^='/coach/']").ShouldNotBeNull();
    }

    [Fact]
    public async Task Who_answered_finds_the_coach_on_every_page_that_stays_open_to_them()
    {
        await HoldTheSession();
        string[] pages = [ReplyForm.Page, CheckInForm.Page, CertificateForm.Page];
        (await CoachesOn(pages)).ShouldBe([0, 0, 0]);
        using var survey = await As("Eve Stone", SurveyForm.Page);
        await survey.Press("Review my answers", ("more", ["yes"]));
        await survey.Press("Send my answers");
        (await CoachesOn(pages)).ShouldBe([1, 1, 1]);
        await Days(110);
        (await CoachesOn(pages)).ShouldBe([0, 0, 0]);
    }

    [Fact]
    public async Task Each_reminder_says_something_new()
    {
        await HoldTheSession();
        await Days(14);
        var mails = await Coordinator.MailsTo("Eve Stone");
        mails.Select(mail => mail.Subject).ShouldBeUnique();
        mails[0].Subject.ShouldBe("Cedar Inlet: last day for your view");
        mails[1].Text.ShouldContain("your certificate does not depend on it");
        mails[2].Subject.ShouldContain("days left for your view");
    }

    [Fact]
    public async Task Who_has_asked_for_a_coach_is_not_offered_one()
    {
        await HoldTheSession();
        using var form = await As("Eve Stone", AskPages.Coach);
        await form.Press("Yes, please ask the coach to call me");
        await Days(14);
        (await Coordinator.MailsTo("Eve Stone")).ShouldAllBe(mail => !mail.Text.Contains("/coach/", StringComparison.Ordinal));
    }

    /// <summary>How many links to the form for a coach each page has.</summary>
    private async Task<IReadOnlyList<int>> CoachesOn(IEnumerable<string> pages)
    {
        var links = new List<int>();
        foreach (var page in pages)
        {
            using var eve = await As("Eve Stone", page);
            links.Add(eve.Page.QuerySelectorAll("a[href^='/coach/']").Length);
        }

        return links;
    }
}
