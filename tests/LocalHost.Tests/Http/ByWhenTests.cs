using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Stages.Attendance;
using Cohesion.Workflows.Stages.Preparation;
using Cohesion.Workflows.Stages.Scheduling;
using Cohesion.Workflows.Web;
using NodaTime;

namespace Cohesion.Workflows.LocalHost.Tests.Http;

/// <summary>A page that asks something says by when, and what happens if nobody answers; once that is over it says what is so now.</summary>
public sealed class ByWhenTests : BeforeASession
{
    [Fact]
    public async Task A_partner_s_page()
    {
        await Start(("partner-data-brief-name", ["Dana Data"]), ("partner-data-brief-address", ["dana@data.example"]));
        await FirstMorning();
        using var dana = await As("Dana Data", PreparationForm.Page, Role.Partner);
        dana.Text.ShouldContain("Please do it by Sat 6 Mar: on that day the community is asked to choose its case, with or without it.");
        await Host.StepTo(Host.Now + Duration.FromDays(6));
        await dana.Open(dana.Path);
        dana.Text.ShouldContain("The community is asked now to choose its case.");
        dana.Text.ShouldNotContain("Please do it by");
        await dana.Press("This is done");
        dana.Text.ShouldNotContain("is asked now");
    }

    [Fact]
    public async Task The_page_of_the_place()
    {
        await Invite();
        using var lead = await As("Lee Larsen", VenueForm.Page, Role.DivisionLead);
        lead.Text.ShouldContain("Please say it by Mon 22 Mar, 9:00 am; from then on the coordinator is asked to find out.");
        using var own = await As("Lee Larsen", AskPages.Own, Role.DivisionLead);
        own.Text.ShouldContain("say where the session is, by Mon 22 Mar, 9:00 am");
        await lead.Press("The place follows");
        lead.Text.ShouldContain("If it is not known by Mon 3 May, 9:00 am, the Division is asked once more.");
        await Host.StepTo(At(new LocalDateTime(2027, 5, 4, 12, 0)));
        await lead.Open(lead.Path);
        lead.Text.ShouldContain("Please say it by Tue 11 May, 9:00 am; from then on the coordinator is asked to find out.");
        await Host.StepTo(At(new LocalDateTime(2027, 5, 11, 12, 0)));
        await lead.Open(lead.Path);
        lead.Text.ShouldContain("The coordinator is asked to find out, too.");
        await lead.Press("Save the place", ("place", ["The hall"]));
        lead.Text.ShouldNotContain("find out");
    }

    [Fact]
    public async Task The_question_whether_it_goes_ahead()
    {
        await Invite();
        await Host.StepTo(At(Session) - Duration.FromDays(13));
        using var lead = await As("Lee Larsen", GoForm.Page, Role.DivisionLead);
        lead.Text.ShouldContain("Please decide by Thu 13 May, 5:00 pm; on Fri 14 May the coordinator is asked too. Without an answer the session goes ahead");
        using var own = await As("Lee Larsen", AskPages.Own, Role.DivisionLead);
        own.Text.ShouldContain("decide whether the session goes ahead, by Thu 13 May, 5:00 pm");
        await Host.StepTo(At(Session) - Duration.FromDays(10));
        await lead.Open(lead.Path);
        lead.Text.ShouldContain("The coordinator is asked too. Without an answer the session goes ahead");
        lead.Text.ShouldNotContain("Please decide by");
    }

    [Fact]
    public async Task The_list_of_the_session()
    {
        await Invite();
        await Host.StepTo(At(Session) + Duration.FromHours(3));
        using var ada = await As("Ada Wong", ListForm.Page, Role.Facilitator);
        ada.Text.ShouldContain("It is due by Wed 26 May, 5:00 pm; from then on the coordinator is asked too. The certificates and the survey wait for this list.");
        await Host.StepTo(At(Session) + Duration.FromDays(2));
        await ada.Open(ada.Path);
        ada.Text.ShouldContain("The certificates and the survey wait for this list.");
        ada.Text.ShouldNotContain("It is due by");
    }

    [Fact]
    public async Task A_reply_can_be_changed_only_once_there_is_one()
    {
        await Invite();
        using var eve = await As("Eve Stone", ReplyForm.Page);
        eve.Text.ShouldContain("Please reply by Mon 10 May, 5:00 pm, when the caterer needs numbers.");
        eve.Text.ShouldNotContain("You can change that");
        await eve.Press("Yes, I will come");
        eve.Text.ShouldContain("You can change that here until Mon 10 May, 5:00 pm.");
        eve.Text.ShouldNotContain("Please reply by");
    }

    [Fact]
    public async Task After_the_session_a_seat_is_spoken_of_no_more()
    {
        await Invite();
        using var eve = await As("Eve Stone", ReplyForm.Page);
        await eve.Press("Yes, I will come");
        using var flo = await As("Flo Mercier", ReplyForm.Page);
        await Host.StepTo(At(Session) + Duration.FromHours(3));
        using var ada = await As("Ada Wong", ListForm.Page, Role.Facilitator);
        foreach (var said in (string[])["The session is over; who was there is being confirmed.", "The session is over. You were there."])
        {
            await eve.Open(eve.Path);
            eve.Text.ShouldContain(said);
            eve.Text.ShouldNotContain("seat");
            eve.Text.ShouldNotContain("To come all the same");
            await ada.Press(ada.Text.Contains("Confirm the list", StringComparison.Ordinal) ? "Confirm the list" : "Save the corrected list");
        }

        await flo.Open(flo.Path);
        flo.Text.ShouldContain("The session is over, and its list does not name you. If you were there, call 250 555 0100.");
    }

    [Fact]
    public async Task The_link_to_register_says_after_the_session_that_it_is_over()
    {
        await Invite(otherwise: [("registration", ["open"]), ("participants", [""])]);
        var link = await Coordinator.LinkOf("Lee Larsen", "a text to forward", RegisterForm.Page);
        await Host.StepTo(At(Session) + Duration.FromHours(3));
        using var anybody = SitDown();
        await anybody.Open(link);
        anybody.Text.ShouldContain("This link was for a session in Cedar Inlet that is over.");
        anybody.Text.ShouldNotContain("To come all the same");
    }
}
