using Cohesion.Workflows.Coordinators.Access;
using Cohesion.Workflows.Coordinators.Audit;
using Cohesion.Workflows.Coordinators;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Testing;
using Cohesion.Workflows.Tests.Walking;
using Cohesion.Workflows.Web;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Cohesion.Workflows.Tests.Post;

/// <summary>The address of the Division lead takes no mail; its asks go out from Tuesday, 2 February 2027, at 11:00.</summary>
public sealed class RefusalTests
{
    private const string Lead = "Lead 1";
    private const string Right = "lead@right.example.test";

    [Fact]
    public async Task The_coordinator_is_told_once_in_the_morning_and_nothing_more_goes_there()
    {
        using var process = await Refused();
        var sends = 0;
        process.Mail.Bounces = address => address == Townsfolk.AddressOf(Lead) && ++sends > 0;
        await process.At("2027-02-08T09:00");
        await process.At("2027-02-10T09:00");

        process.Delivered(Townsfolk.Coordinator).Count(key => key.StartsWith("-.bounced", StringComparison.Ordinal)).ShouldBe(1);
        process.Mail.Delivered.Single(mail => mail.Mail.Name == Townsfolk.Coordinator).Mail.Subject.ShouldBe("Lead 1: please correct the address");
        sends.ShouldBe(0);
        (await Asks(process)).ShouldAllBe(issued => issued.Bounced != null && issued.Accepted == null && issued.Withdrawn == null);
    }

    [Fact]
    public async Task With_a_corrected_address_the_newest_ask_goes_out_there_and_the_older_ones_are_withdrawn()
    {
        using var process = await Refused();
        await process.At("2027-02-08T09:00");
        (await Mend(process, Right)).ShouldBeTrue();
        await process.At("2027-02-08T10:00");

        process.Mail.Delivered.Single(mail => mail.Mail.Name == Lead).Mail.Address.ShouldBe(Right);
        process.Delivered(Lead).ShouldBe(["case-study-selection.ask.r1-reminder-1"]);
        (await Asks(process)).Select(issued => (issued.Accepted != null, issued.Withdrawn != null)).ShouldBe([(false, true), (true, false)]);
    }

    [Fact]
    public async Task A_corrected_address_voids_old_links_and_finds_the_person_where_they_are_now()
    {
        using var process = await Refused();
        var (before, people) = (await process.Lead(), process.Product.Get<People>());
        await Mend(process, Right);
        (await process.Lead()).ShouldBe(before with { Address = Right, Generation = before.Generation + 1 });
        (await people.At(before.Address)).ShouldBeEmpty();
        (await people.FindOrAdd(Lead, Right, Townsfolk.Zone)).ShouldBe(before.Id);
    }

    [Fact]
    public async Task The_same_address_saved_works_again()
    {
        using var process = await Refused();
        process.Mail.Bounces = _ => false;
        await Mend(process, Townsfolk.AddressOf(Lead));
        await process.At("2027-02-03T09:00");
        process.Delivered(Lead).ShouldBe(["case-study-selection.ask.r1-ask"]);
        process.Delivered(Townsfolk.Coordinator).ShouldBeEmpty();
    }

    [Fact]
    public async Task Where_somebody_else_of_that_name_is_there_already_nothing_changes()
    {
        using var process = await Refused();
        await process.Product.Get<People>().FindOrAdd(Lead, Right, Townsfolk.Zone);
        (await Mend(process, Right)).ShouldBeFalse();
        (await process.Lead()).Address.ShouldBe(Townsfolk.AddressOf(Lead));
    }

    [Fact]
    public async Task What_a_person_asks_for_themselves_is_tried_all_the_same()
    {
        using var process = await Refused();
        process.Mail.Bounces = _ => false;
        var lead = await process.Lead();
        await process.Product.Get<PostOffice>().Insert([new MessageKey("-", "-", SignIn.MessageKind, lead.Id, "minute-1")], process.Clock.Now);
        await process.SendAll();
        process.Delivered(Lead).ShouldBe(["-.sign-in.minute-1"]);
    }

    [Fact]
    public async Task A_coordinator_who_signs_in_by_a_mailed_link_gets_mail_again_and_what_they_did_not_get()
    {
        using var process = await OneProcess.KickedOff();
        var lead = await process.Lead();
        await process.Product.Get<AccountList>().Add(lead.Name, lead.Address, lead.Zone);
        process.Mail.Bounces = address => address == lead.Address;
        await process.SendAll();
        await AskToSignIn(process, lead, "minute-1");
        process.Mail.Bounces = _ => false;
        await AskToSignIn(process, lead, "minute-2");
        process.Delivered(Lead).ShouldBe(["-.sign-in.minute-2"]);

        await SignInBy(process, "not the link");
        (await process.Product.Get<BouncedAddresses>().Find(lead.Address)).ShouldNotBeNull();
        await SignInBy(process, new Uri(LinkIn(process.Mail.Delivered[^1].Mail)).Segments[^1]);
        (await process.Product.Get<BouncedAddresses>().Find(lead.Address)).ShouldBeNull();
        await process.At("2027-02-03T09:00");
        process.Delivered(Lead).ShouldBe(["-.sign-in.minute-2", "case-study-selection.ask.r1-ask"]);
    }

    [Theory]
    [InlineData(Death.Before)]
    [InlineData(Death.After)]
    public async Task Who_got_a_mail_gets_what_they_did_not_though_the_process_died_of_it_at_any_step(Death death)
    {
        var isDead = true;
        for (var step = 1; isDead; step++)
        {
            using var process = await Refused();
            process.Mail.Bounces = _ => false;
            process.Fate = Fate.DiesAt(step, death);
            process.Restart();
            isDead = await CameBackTests.DiesOf(() => Reached(process));
            process.Fate = Fate.Kind();
            process.Restart();
            await Reached(process);
            await process.At("2027-02-03T09:00");
            process.Delivered(Lead).ShouldBe(["case-study-selection.ask.r1-ask"], $"a crash {death} step {step}");
        }
    }

    [Fact]
    public async Task Whoever_else_is_at_an_address_that_is_right_gets_what_they_did_not_too()
    {
        using var process = await Refused();
        var another = await process.Product.Get<People>().FindOrAdd("Another of the clinic", Townsfolk.AddressOf(Lead), Townsfolk.Zone);
        process.Mail.Bounces = _ => false;
        await process.Product.Get<Refusals>().Mend(await process.Product.Get<People>().Get(another), Townsfolk.AddressOf(Lead), process.Clock.Now);
        await process.At("2027-02-03T09:00");
        process.Delivered(Lead).ShouldBe(["case-study-selection.ask.r1-ask"]);
    }

    private static async Task Reached(OneProcess process) =>
        await process.Product.Get<Refusals>().Reached(await process.Lead(), process.Clock.Now);

    private static async Task AskToSignIn(OneProcess process, Person person, string minute)
    {
        await process.Product.Get<PostOffice>().Insert([new MessageKey("-", "-", SignIn.MessageKind, person.Id, minute)], process.Clock.Now);
        await process.SendAll();
    }

    private static string LinkIn(Mail mail) => mail.Text.Split().Single(word => word.Contains($"/{Links.SignIn}/", StringComparison.Ordinal));

    private static async Task SignInBy(OneProcess process, string token)
    {
        var services = new ServiceCollection().AddLogging();
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie();
        using var provider = services.BuildServiceProvider();
        var product = process.Product;
        await SignIn.PostLink(
            token,
            new DefaultHttpContext { RequestServices = provider },
            Incarnation.Tokens,
            product.Get<People>(),
            product.Get<AccountList>(),
            product.Get<Refusals>(),
            product.Get<AuditLog>(),
            process.Bell,
            process.Clock,
            CancellationToken.None);
    }

    internal static async Task<OneProcess> Refused()
    {
        var process = await OneProcess.KickedOff();
        process.Mail.Bounces = address => address == Townsfolk.AddressOf(Lead);
        await process.SendAll();
        return process;
    }

    internal static async Task<bool> Mend(OneProcess process, string address) =>
        await process.Product.Get<Refusals>().Mend(await process.Lead(), address, process.Clock.Now);

    internal static async Task<IReadOnlyList<Issued>> Asks(OneProcess process)
    {
        var lead = await process.Lead();
        return [.. (await process.Snapshot()).IssuedTo(StageIds.CaseStudySelection, lead.Id)];
    }
}
