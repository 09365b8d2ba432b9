using System.Net;
using AngleSharp.Dom;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Walking;
using Microsoft.Extensions.DependencyInjection;

namespace Cohesion.Workflows.LocalHost.Tests.Http;

/// <summary>A session is finished on one page: list, certificates, the accreditor's file, the payment sheet.</summary>
public sealed class FinishTests : AfterASession
{
    [Fact]
    public async Task Before_the_session_is_over_there_is_nothing_to_finish()
    {
        await Start();
        (await Coordinator.Browser.Open($"{Coordinator.Cycle}/finish")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await Coordinator.Browser.Open($"{Coordinator.Cycle}/payment.csv")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Whoever_confirms_the_list_goes_on_to_what_is_left()
    {
        await HoldTheSession();
        await Coordinator.Browser.Open($"{Coordinator.Cycle}/list");
        var eve = Coordinator.Browser.Page.QuerySelectorAll("label.choice").Single(label => label.TextContent.Contains("Eve Stone", StringComparison.Ordinal)).QuerySelector("input")!;
        await Coordinator.Browser.Press("Save the corrected list", ("attended", [eve.GetAttribute("value")!]));
        Coordinator.Browser.Path.ShouldEndWith("/finish");
        Words().ShouldContain("1 was there. Robin Marsh confirmed it on Mon 1 Mar");
        Words().ShouldContain("All certificates are sent: 4.");
        Coordinator.Browser.Page.QuerySelectorAll("p").Select(Words).ShouldContain("Correct the list", "the link would run into the words before it");
    }

    [Fact]
    public async Task Where_nobody_was_there_no_certificate_is_called_sent()
    {
        await HoldTheSession();
        var cycle = await Snapshot();
        await Host.Services.GetRequiredService<Intake>().Record(
            cycle.Cycle,
            [
                .. cycle.Leading().Select(one => new LeadingAnswered(1, one, Leads: false, one, Host.Now)),
                .. cycle.Attendees().Select(one => new Attended(1, one, Was: false, one, Host.Now)),
            ]);
        await Coordinator.Browser.Open($"{Coordinator.Cycle}/finish");
        Words().ShouldContain("Nobody led the session or was there, so there is no certificate.");
    }

    [Fact]
    public async Task The_accreditor_s_file_names_who_led_and_who_was_there()
    {
        await HoldTheSession();
        await Coordinator.Browser.Open(Coordinator.Cycle);
        await Coordinator.Browser.Press("Save the session ID", ("session-id", ["4711-A"]));
        var lines = (await Coordinator.Browser.Download($"{Coordinator.Cycle}/accreditation.csv")).Trim('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(1 + 7);
        lines[0].ShouldBe("Session ID,Programme,Case study,Community,Session starts (local time),Hours,Name,E-mail address,Role,Credits");
        lines.ShouldContain("4711-A,Adult Mental Health,Depression in a ten-minute visit,Cedar Inlet,2027-02-26 18:00,2,Ada Wong,ada@clinic.example,facilitator,2 group learning credits");
        lines.Count(line => line.Contains(",participant,", StringComparison.Ordinal)).ShouldBe(4);
    }

    [Fact]
    public async Task The_payment_sheet_says_who_is_paid_for_what_by_whom_and_until_when()
    {
        await HoldTheSession();
        var cycle = await Snapshot();
        var (whole, refresh) = (cycle.Leading().First(), cycle.Leading().Last());
        await Host.Services.GetRequiredService<Intake>().Record(
            cycle.Cycle, [new ModuleDone(1, whole, whole, Host.Now), new ModuleDone(1, refresh, refresh, Host.Now, IsRefresh: true)]);
        await Coordinator.Browser.Open($"{Coordinator.Cycle}/finish");
        string Hours(PersonId one) => one == whole ? "5 session 2, preparation 1, training 2" : one == refresh ? "3.5 session 2, preparation 1, training 0.5" : "3 session 2, preparation 1";
        Coordinator.Browser.Page.QuerySelectorAll("tbody tr").Select(row => string.Join(" | ", row.QuerySelectorAll("td").Select(cell => string.Join(' ', cell.ChildNodes.Select(node => node.TextContent.Trim()).Where(text => text.Length > 0))))).Order().ShouldBe(
            cycle.Leading().Select(one => $"{NameOf(one)} facilitator | {Hours(one)} | the Division of Family Practice | Thursday 27 May 2027").Order());
        var lines = (await Coordinator.Browser.Download($"{Coordinator.Cycle}/payment.csv")).Trim('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        lines[0].ShouldBe("Community,Session starts (local time),Name,E-mail address,Role,Session hours,Preparation hours,Training hours,Hours,Paid by,Claim by");
        lines.Skip(1).Count(line => line.EndsWith(",facilitator,2,1,0,3,the Division of Family Practice,2027-05-27", StringComparison.Ordinal)).ShouldBe(1);
        lines.Skip(1).Count(line => line.EndsWith(",facilitator,2,1,0.5,3.5,the Division of Family Practice,2027-05-27", StringComparison.Ordinal)).ShouldBe(1);
        lines.Skip(1).Count(line => line.EndsWith(",facilitator,2,1,2,5,the Division of Family Practice,2027-05-27", StringComparison.Ordinal)).ShouldBe(1);
    }

    private string NameOf(PersonId person) => Host.Services.GetRequiredService<Cohesion.Workflows.Records.People>().Get(person).Result.Name;

    private string Words() => Words(Coordinator.Browser.Page.Body!);

    private static string Words(IElement of) => string.Join(' ', of.TextContent.Split(null as char[], StringSplitOptions.RemoveEmptyEntries));
}
