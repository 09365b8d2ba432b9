using System.Net;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Post.Viewer;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Testing.Stories;
using Cohesion.Workflows.Walking;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Cohesion.Workflows.LocalHost.Tests.Http;

/// <summary>What a mail program does when somebody presses "Unsubscribe" in it (RFC 8058).</summary>
public sealed class OneClickTests : OnAHost
{
    private const string Eve = "Eve Stone";

    [Fact]
    public async Task One_request_without_a_cookie_says_not_this_time_however_often_it_comes()
    {
        await Invite();
        var link = (await MailOf(Eve)).Unsubscribe!;
        using var first = await Post(link);
        var after = await Everything();
        using var again = await Post(link);

        first.StatusCode.ShouldBe(HttpStatusCode.OK);
        first.Headers.Contains("Set-Cookie").ShouldBeFalse();
        again.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Replies()).ShouldBe([(Eve, false)]);
        (await Everything()).ShouldBe(after);
    }

    [Fact]
    public async Task Whoever_said_not_this_time_gets_no_reminder()
    {
        await Invite();
        using var answer = await Post((await MailOf(Eve)).Unsubscribe!);
        await Host.StepTo(Host.Now + Duration.FromDays(70));

        (await Mails()).Count(mail => mail.Name == Eve).ShouldBe(1);
        (await Mails()).Count(mail => mail.Name == "Hana O'Neil").ShouldBe(3);
    }

    [Fact]
    public async Task A_reply_that_was_given_stands()
    {
        await Invite();
        using var page = await Coordinator.AsPerson(Eve, "please reply");
        await page.Press("Yes, I will come");
        using var answer = await Post((await MailOf(Eve)).Unsubscribe!);
        (await Replies()).ShouldBe([(Eve, true)]);
    }

    [Fact]
    public async Task Opening_the_link_changes_nothing_and_its_button_sends_the_same()
    {
        await Invite();
        using var browser = new Browser(Host.Address);
        var before = await Everything();
        await browser.Open((await MailOf(Eve)).Unsubscribe!.AbsolutePath);
        (await Everything()).ShouldBe(before);

        await browser.Press("Not this time");
        browser.Text.ShouldContain("Noted.");
        (await Replies()).ShouldBe([(Eve, false)]);
    }

    [Fact]
    public async Task A_request_that_asks_for_nothing_changes_nothing()
    {
        await Invite();
        using var answer = await Post((await MailOf(Eve)).Unsubscribe!, "No");
        (await Replies()).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_needed_to_take_part_cannot_be_ended_so()
    {
        await Invite();
        (await Mails()).Where(mail => mail.Unsubscribe is not null).Select(mail => mail.Name).Distinct()
            .ShouldBe([Eve, "Flo Mercier", "Gus xʷməθkʷəy̓əm", "Hana O'Neil"], ignoreOrder: true);
        (await Mails()).Count(mail => mail.Unsubscribe is null).ShouldBeGreaterThan(3);
    }

    [Fact]
    public async Task Every_mail_of_a_community_says_why_it_came_and_where_post_reaches_the_sender()
    {
        await Invite();
        var mail = await MailOf(Eve);
        foreach (var body in (string[])[mail.Text, mail.Html])
        {
            body.ShouldContain("You get this because Cedar Inlet");
            body.ShouldContain("V0V 0V0");
        }
    }

    [Fact]
    public async Task A_mailbox_shows_what_follows_the_greeting()
    {
        await Invite();
        var body = (await MailOf(Eve)).Html.Split("<body")[1];
        body.IndexOf("A two-hour session", StringComparison.Ordinal).ShouldBeLessThan(body.IndexOf("Hello", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_survey_asks_no_more_and_still_takes_answers()
    {
        await Invite();
        await ConfirmTheList();
        (await MailOf(Eve)).Unsubscribe.ShouldBeNull("The certificate is in that mail too.");
        await Host.StepTo(Host.Now + Duration.FromDays(4));
        var asked = await MailOf(Eve);
        using var first = await Post(asked.Unsubscribe!);
        var after = await Everything();
        using var again = await Post(asked.Unsubscribe!);
        (await Everything()).ShouldBe(after);
        await Host.StepTo(Host.Now + Duration.FromDays(4));

        (await Cycle()).All<SurveyDeclined>().Count().ShouldBe(1);
        (await MailOf(Eve)).MessageId.ShouldBe(asked.MessageId);
        using var page = await Coordinator.AsPerson(Eve, "your view of the session", "survey");
        page.Page.QuerySelectorAll("button").ShouldNotBeEmpty();
    }

    /// <summary>The date is fixed and its facilitators have trained; the participants are invited.</summary>
    private async Task Invite()
    {
        await Start();
        await FirstMorning();
        var ada = (await Host.Services.GetRequiredService<People>().At("ada@clinic.example")).Single().Id;
        var starts = new LocalDateTime(2027, 5, 27, 18, 0);
        await Record(
            new StageOpened(StageIds.CaseStudySelection, 1, Host.Now),
            new CaseStudyChosen(StageIds.CaseStudySelection, 1, Host.Now, (await Cycle()).KickOff.CaseStudies[0].Id),
            new StageOpened(StageIds.FacilitatorTraining, 1, Host.Now),
            new LeadingAnswered(1, ada, Leads: true, ada, Host.Now),
            new FacilitatorsTrained(StageIds.FacilitatorTraining, 1, Host.Now, [ada]),
            new StageOpened(StageIds.Scheduling, 1, Host.Now),
            new SessionDated(StageIds.Scheduling, 1, Host.Now, starts, "America/Vancouver"));
        await Host.StepTo(Host.Now + Duration.FromDays(1));
    }

    private async Task ConfirmTheList()
    {
        var cycle = await Cycle();
        await Record(
        [
            .. cycle.Members(Role.Participant).Select(one => new Attended(1, one, Was: true, cycle.Coordinator, Host.Now)),
            new AttendanceListed(1, cycle.Coordinator, cycle.Coordinator, Host.Now),
        ]);
        await Host.StepTo(Host.Now + Duration.FromHours(1));
    }

    private async Task Record(params Fact[] facts) =>
        (await Host.Services.GetRequiredService<Intake>().Record(CycleId.From(Coordinator.Cycle.Split('/')[^1]), facts)).ShouldBeTrue();

    private async Task<Snapshot> Cycle() =>
        (await Host.Services.GetRequiredService<CycleRecords>().Read(CycleId.From(Coordinator.Cycle.Split('/')[^1])))!.Snapshot;

    private async Task<IReadOnlyList<(string Name, bool Comes)>> Replies()
    {
        var people = Host.Services.GetRequiredService<People>();
        return await (await Cycle()).All<Replied>().ToAsyncEnumerable()
            .Select(async (Replied reply, CancellationToken cancel) => ((await people.Get(reply.Person, cancel)).Name, reply.Comes)).ToListAsync();
    }

    private async Task<IReadOnlyList<Mail>> Mails() =>
        await Host.Services.GetRequiredService<MailViewer>().All().Select(viewed => viewed.Mail).ToListAsync();

    private async Task<Mail> MailOf(string name) => (await Mails()).Last(mail => mail.Name == name);

    private async Task<HttpResponseMessage> Post(Uri link, string value = "One-Click")
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false });
        using var content = new FormUrlEncodedContent([KeyValuePair.Create("List-Unsubscribe", value)]);
        return await http.PostAsync(new Uri(Host.Address, link.AbsolutePath), content);
    }
}
