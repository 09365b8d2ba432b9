using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Testing.Stories;
using Cohesion.Workflows.Walking;
using Microsoft.Extensions.DependencyInjection;

namespace Cohesion.Workflows.LocalHost.Tests.Http;

/// <summary>What is corrected once all is complete: it holds, who has a certificate hears of it, and the community stays at rest.</summary>
public sealed class AfterTheEndTests : AfterASession
{
    private Browser Browser => Coordinator.Browser;

    [Fact]
    public async Task A_name_stands_on_the_certificate_and_its_holder_is_told_once()
    {
        await End();
        await OpenPerson("Eve Stone");
        (await Browser.Press("Save the name", ("name", ["Eve Stoné"]))).Text.ShouldContain("Saved. The name is Eve Stoné everywhere.");
        await IsAtRest();
        var mails = await NewMailsTo("Eve Stoné");
        mails.ShouldHaveSingleItem().Subject.ShouldBe("Cedar Inlet: your name on the certificate is corrected");
    }

    [Fact]
    public async Task An_address_is_the_new_one_and_nobody_gets_a_mail_for_it()
    {
        await End();
        await OpenPerson("Eve Stone");
        (await Browser.Press("Save, and send what is open", ("address", ["eve@new.example"]))).Text.ShouldContain("Saved. Mail goes to eve@new.example.");
        await IsAtRest();
        (await NewMailsTo("Eve Stone")).ShouldBeEmpty();
        (await Browser.Open(Coordinator.Cycle)).Text.ShouldContain("Eve Stone: the address was corrected");
    }

    [Fact]
    public async Task The_session_id_still_comes_and_each_who_has_a_certificate_is_told_once()
    {
        await End();
        await Browser.Open(Coordinator.Cycle);
        await Browser.Press("Save the session ID", ("session-id", ["4711-A"]));
        await IsAtRest();
        foreach (var name in (string[])["Eve Stone", "Ada Wong"])
        {
            (await NewMailsTo(name)).ShouldHaveSingleItem().Subject.ShouldBe("Cedar Inlet: your certificate has its session ID");
        }

        using var eve = await Coordinator.AsPerson("Eve Stone", "has its session ID");
        eve.Text.ShouldContain("Session ID: 4711-A");
    }

    /// <summary>Nobody says a thing after the session: day 104 ends it.</summary>
    private async Task End()
    {
        await HoldTheSession();
        await Days(105);
        (await Snapshot()).HasEnded.ShouldBeTrue();
        await IsAtRest();
    }

    /// <summary>A turn was taken where there was one to take, and no other will be.</summary>
    private async Task IsAtRest()
    {
        await Days(5);
        (await Host.Services.GetRequiredService<Wakes>().All().ToListAsync()).ShouldBeEmpty();
        (await Browser.Open("/cycles?stage=complete")).Text.ShouldContain("complete, ");
    }

    private async Task<IReadOnlyList<(string Subject, string Text)>> NewMailsTo(string name)
    {
        var id = await PersonIn(await Snapshot(), name);
        var since = Host.Now - NodaTime.Duration.FromDays(5);
        var sent = (await Snapshot()).IssuedTo(id).Count(issued => issued.Accepted >= since);
        return [.. (await Coordinator.MailsTo(name)).Take(sent)];
    }

    private async Task<PersonId> PersonIn(Snapshot cycle, string name)
    {
        var people = await Host.Services.GetRequiredService<People>().GetAll(cycle.All<Member>().Select(member => member.Person).Distinct());
        return people.Single(person => person.Name == name).Id;
    }

    private async Task OpenPerson(string name)
    {
        await Browser.Open(Coordinator.Cycle);
        await Browser.Open(Browser.Page.QuerySelectorAll("td a").First(link => link.TextContent == name).GetAttribute("href")!);
    }
}
