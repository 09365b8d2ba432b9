using System.Net;
using AngleSharp.Dom;
using Cohesion.Workflows.Testing.Stories;

namespace Cohesion.Workflows.LocalHost.Tests.Http;

/// <summary>A programme's letters say what its coordinators want them to.</summary>
public sealed class ProgrammeLettersTests : OnAHost
{
    private const string Letters = "/programmes/adult-mental-health/texts/case-study-selection";
    private const string Subject = "own.case-study-selection.AskSubject";
    private const string Deadline = "own.case-study-selection.AskDeadline";
    private const string Save = "Save as a new version";
    private const string Words = "pick your case";

    private Browser Desk => Coordinator.Browser;

    [Fact]
    public async Task A_mail_is_written_in_the_programme_s_own_words_and_after_a_reset_in_the_delivered_ones()
    {
        await Change(Words);
        Desk.Text.ShouldContain("Saved as version 1. Letters are written in these words from now on.");
        await Start();
        await FirstMorning();
        (await Coordinator.MailsTo("Ada Wong")).ShouldContain(mail => mail.Subject.StartsWith("Cedar Inlet: pick your case", StringComparison.Ordinal));

        await Change("");
        await Start(("community", ["Second Bay"]));
        await Host.StepTo(Host.Now + NodaTime.Duration.FromDays(1));
        (await Coordinator.MailsTo("Ada Wong")).ShouldContain(mail => mail.Subject.StartsWith("Second Bay: choose the case", StringComparison.Ordinal));
        await Desk.Open("/programmes/adult-mental-health");
        Desk.Text.ShouldContain("Letters, Case-study selection: Subject of the ask: pick your case → nothing");
    }

    [Fact]
    public async Task Another_programme_s_letters_stay_as_they_are_and_a_preview_shows_the_words()
    {
        await Change(Words);
        await Desk.Open("/cycles/new");
        await Desk.Press("See what will happen", CedarInlet.Form);
        Desk.Text.ShouldContain("Cedar Inlet: pick your case");
        await Desk.Open("/cycles/new");
        await Desk.Press("See what will happen", [.. CedarInlet.Form.Where(field => field.Field != "programme"), ("programme", ["child-and-youth-mental-health"])]);
        Desk.Text.ShouldNotContain("pick your case");
    }

    [Theory]
    [InlineData(Deadline, "Please choose.", "Keep {0}:")]
    [InlineData(Deadline, "Choose by {0} or {1}.", "Take {1} out:")]
    [InlineData(Deadline, "Choose by {0} or {it}.", "Use { and } only")]
    [InlineData(Subject, "pick your case, all of you who are going to lead", "mailboxes cut it off")]
    public async Task What_cannot_be_filled_in_or_read_is_refused_beside_its_field_and_stays_as_typed(string name, string typed, string problem)
    {
        await Change(typed, name);
        Desk.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var field = Desk.Page.QuerySelector($"[name='{name}']")!;
        field.TextContent.ShouldBe(typed);
        field.ParentElement!.NextElementSibling!.TextContent.ShouldContain(problem);
        await Desk.Open("/programmes/adult-mental-health");
        Desk.Text.ShouldContain("As delivered");
    }

    [Fact]
    public async Task What_is_saved_of_one_stage_leaves_the_words_of_the_others()
    {
        await Change(Words);
        await Desk.Open("/programmes/adult-mental-health/texts/scheduling");
        await Desk.Press(Save, ("own.scheduling.FallenSubject", ["{0}: no session"]), ("reason", ["Shorter"]));
        Desk.Text.ShouldContain("Saved as version 2.");
        await Desk.Open(Letters);
        Desk.Page.QuerySelector($"[name='{Subject}']")!.TextContent.ShouldBe(Words);
    }

    [Fact]
    public async Task The_delivered_words_typed_out_are_none_of_its_own_and_a_change_needs_a_reason()
    {
        await Change("choose the case for your session");
        Desk.Text.ShouldContain("Nothing was changed");
        await Desk.Open(Letters);
        await Desk.Press(Save, (Subject, [Words]), ("reason", [""]));
        Desk.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        await Desk.Open(Letters);
        Desk.Text.ShouldNotContain(Words);
    }

    [Fact]
    public async Task A_letter_of_too_many_words_is_refused()
    {
        await Desk.Open(Letters);
        await Desk.Press(Save, ("own.case-study-selection.Ask", [string.Join(' ', Enumerable.Repeat("word", 119))]), ("reason", ["More to say"]));
        Desk.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        Desk.Text.ShouldContain("This letter has more than 120 words.");
    }

    [Fact]
    public async Task The_letters_are_seen_in_the_words_that_were_typed_before_anything_is_saved()
    {
        await Desk.Open(Letters);
        Desk.Text.ShouldContain("Cedar Inlet: choose the case");
        await Desk.Press("See the letters", (Subject, [Words]));
        Desk.Status.ShouldBe(HttpStatusCode.OK);
        Desk.Page.QuerySelectorAll("summary").ShouldContain(subject => subject.TextContent.StartsWith("Cedar Inlet: pick your case", StringComparison.Ordinal));
        Desk.Page.QuerySelector($"[name='{Subject}']")!.TextContent.ShouldBe(Words);
        await Desk.Open(Letters);
        Desk.Text.ShouldNotContain("pick your case");
    }

    [Fact]
    public async Task Who_saved_meanwhile_is_named_and_what_was_typed_stays()
    {
        await Desk.Open(Letters);
        var mine = Desk.Page;
        await Change(Words);
        await Desk.PressOn(mine, Save, (Subject, ["vote now"]), ("reason", ["Shorter"]));
        Desk.Status.ShouldBe(HttpStatusCode.Conflict);
        Desk.Text.ShouldContain("Robin Marsh saved version 1 while you typed.");
        Desk.Page.QuerySelector($"[name='{Subject}']")!.TextContent.ShouldBe("vote now");
        await Desk.Press(Save);
        Desk.Text.ShouldContain("Saved as version 2.");
    }

    [Fact]
    public async Task Every_stage_has_its_page_and_no_other()
    {
        await Desk.Open("/programmes/adult-mental-health");
        foreach (var link in Desk.Page.QuerySelectorAll("a[href*='/texts/']").Select(link => link.GetAttribute("href")!).ToList())
        {
            await Desk.Open(link);
            Desk.Status.ShouldBe(HttpStatusCode.OK);
            Desk.Page.QuerySelectorAll("textarea").ShouldNotBeEmpty();
        }

        await Desk.Open("/programmes/adult-mental-health/texts/no-such");
        Desk.Status.ShouldBe(HttpStatusCode.NotFound);
    }

    private async Task Change(string words, string name = Subject)
    {
        await Desk.Open(Letters);
        await Desk.Press(Save, (name, [words]), ("reason", ["We say it so"]));
    }
}
