using Cohesion.Workflows.Coordinators;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Testing;
using Cohesion.Workflows.Tests.Walking;
using Cohesion.Workflows.Web;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using NodaTime.Text;

namespace Cohesion.Workflows.Tests.Post;

/// <summary>The address of the Division lead takes no mail; its asks go out from Tuesday, 2 February 2027, at 11:00.</summary>
public sealed class RefusalTests
{
    private const string Lead = "Lead 1";
    private const string Right = "lead@right.example.test";

    private static readonly CommunityDays Days = new(Townsfolk.Zone);

    [Fact]
    public async Task The_coordinator_is_told_once_in_the_morning_and_nothing_more_goes_there()
    {
        using var process = await Refused();
        var sends = 0;
        process.Mail.Bounces = address => address == Townsfolk.AddressOf(Lead) && ++sends > 0;
        await At(process, "2027-02-08T09:00");
        await At(process, "2027-02-10T09:00");

        process.Delivered(Townsfolk.Coordinator).Count(key => key.StartsWith("-.bounced", StringComparison.Ordinal)).ShouldBe(1);
        process.Mail.Delivered.Single(mail => mail.Mail.Name == Townsfolk.Coordinator).Mail.Subject.ShouldBe("Lead 1: please correct the address");
        sends.ShouldBe(0);
        (await Asks(process)).ShouldAllBe(issued => issued.Bounced != null && issued.Accepted == null && issued.Withdrawn == null);
    }

    [Fact]
    public async Task With_a_corrected_address_the_newest_ask_goes_out_there_and_the_older_ones_are_withdrawn()
    {
        using var process = await Refused();
        await At(process, "2027-02-08T09:00");
        (await Mend(process, Right)).ShouldBeTrue();
        await At(process, "2027-02-08T10:00");

        process.Mail.Delivered.Single(mail => mail.Mail.Name == Lead).Mail.Address.ShouldBe(Right);
        process.Delivered(Lead).ShouldBe(["case-study-selection.ask.r1-reminder-1"]);
        (await Asks(process)).Select(issued => (issued.Accepted != null, issued.Withdrawn != null)).ShouldBe([(false, true), (true, false)]);
    }

    [Fact]
    public async Task A_corrected_address_voids_old_links_and_finds_the_person_where_they_are_now()
    {
        using var process = await Refused();
        var (before, people) = (await LeadOf(process), process.Product.Get<People>());
        await Mend(process, Right);
        (await LeadOf(process)).ShouldBe(before with { Address = Right, Generation = before.Generation + 1 });
        (await people.At(before.Address)).ShouldBeEmpty();
        (await people.FindOrAdd(Lead, Right, Townsfolk.Zone)).ShouldBe(before.Id);
    }

    [Fact]
    public async Task The_same_address_saved_works_again()
    {
        using var process = await Refused();
        process.Mail.Bounces = _ => false;
        await Mend(process, Townsfolk.AddressOf(Lead));
        await At(process, "2027-02-03T09:00");
        process.Delivered(Lead).ShouldBe(["case-study-selection.ask.r1-ask"]);
        process.Delivered(Townsfolk.Coordinator).ShouldBeEmpty();
    }

    [Fact]
    public async Task Where_somebody_else_of_that_name_is_there_already_nothing_changes()
    {
        using var process = await Refused();
        await process.Product.Get<People>().FindOrAdd(Lead, Right, Townsfolk.Zone);
        (await Mend(process, Right)).ShouldBeFalse();
        (await LeadOf(process)).Address.ShouldBe(Townsfolk.AddressOf(Lead));
    }

    [Fact]
    public async Task A_mail_that_came_back_later_is_as_one_that_was_refused()
    {
        using var process = await Refused();
        process.Mail.Bounces = _ => false;
        await Mend(process, Right);
        await At(process, "2027-02-03T09:00");
        await process.Product.Get<Refusals>().CameBack(await LeadOf(process), await process.Snapshot(), process.Clock.Now);
        (await Asks(process)).Single().ShouldSatisfyAllConditions(issued => issued.Bounced.ShouldNotBeNull(), issued => issued.Accepted.ShouldBeNull());

        await Mend(process, "lead@third.example.test");
        await At(process, "2027-02-04T09:00");
        process.Delivered(Lead).ShouldBe(["case-study-selection.ask.r1-ask", "case-study-selection.ask.r1-ask"]);
    }

    [Fact]
    public async Task Mail_that_a_mailbox_says_came_back_is_told_the_coordinator_once_however_often_it_is_said()
    {
        using var process = await Arrived();
        var bounce = new Bounce("5.1.1", process.Clock.Now);
        (await CameBack(process, bounce)).ShouldBeTrue();
        (await CameBack(process, bounce)).ShouldBeTrue();
        (await Asks(process)).Single().ShouldSatisfyAllConditions(issued => issued.Bounced.ShouldNotBeNull(), issued => issued.Accepted.ShouldBeNull());

        await At(process, "2027-02-03T09:00");
        process.Delivered(Townsfolk.Coordinator).ShouldHaveSingleItem().ShouldStartWith("-.bounced");
    }

    [Fact]
    public async Task What_is_said_again_of_an_old_mail_is_nothing_about_a_newer_one()
    {
        using var process = await Arrived();
        var bounce = new Bounce("5.1.1", process.Clock.Now);
        await CameBack(process, bounce);
        await Mend(process, Townsfolk.AddressOf(Lead));
        await At(process, "2027-02-04T09:00");
        process.Delivered(Lead).Count().ShouldBe(2);

        (await CameBack(process, bounce)).ShouldBeTrue();
        (await process.Product.Get<BouncedAddresses>().Find(Townsfolk.AddressOf(Lead))).ShouldBeNull();
        (await CameBack(process, new Bounce("5.1.1", process.Clock.Now))).ShouldBeTrue();
        (await process.Product.Get<BouncedAddresses>().Find(Townsfolk.AddressOf(Lead))).ShouldNotBeNull();
    }

    [Theory]
    [InlineData(Death.Before)]
    [InlineData(Death.After)]
    public async Task Mail_that_came_back_is_noted_whole_though_the_process_died_of_it_at_any_step(Death death)
    {
        var steps = 0;
        for (var step = 1; step <= steps + 1; step++)
        {
            using var process = await Arrived();
            var bounce = new Bounce("5.1.1", process.Clock.Now);
            process.Fate = Fate.DiesAt(step, death);
            process.Restart();
            var isDead = await DiesOf(() => CameBack(process, bounce));
            steps = isDead ? step : steps;
            process.Fate = Fate.Kind();
            process.Restart();
            await CameBack(process, bounce);
            (await Asks(process)).Single().Bounced.ShouldNotBeNull($"a crash {death} step {step}");
            var message = await process.Product.Get<PostOffice>().MessagesOf((await LeadOf(process)).Id).SingleAsync();
            message.State.ShouldBe(PostState.Refused);
            await At(process, "2027-02-03T09:00");
            process.Delivered(Townsfolk.Coordinator).Count().ShouldBe(1);
        }
    }

    [Theory]
    [InlineData(Lead)]
    [InlineData("Another of the clinic")]
    public async Task Where_several_mails_went_to_an_address_shortly_after_one_another_none_of_them_arrived(string name)
    {
        using var process = await Arrived();
        var person = await process.Product.Get<People>().FindOrAdd(name, Townsfolk.AddressOf(Lead), Townsfolk.Zone);
        process.Clock.MoveTo(process.Clock.Now + Duration.FromMinutes(9));
        await process.Product.Get<PostOffice>().Insert([new MessageKey("-", "-", SignIn.MessageKind, person, "minute-1")], process.Clock.Now);
        await SendAll(process);
        await CameBack(process, new Bounce("5.1.1", process.Clock.Now));
        await CameBack(process, new Bounce("5.1.1", process.Clock.Now));

        (await Asks(process)).Single().ShouldSatisfyAllConditions(issued => issued.Bounced.ShouldNotBeNull(), issued => issued.Accepted.ShouldBeNull());
        var mails = process.Product.Get<Envelopes>();
        (await mails.NewestOf(person, CancellationToken.None).FirstAsync()).State.ShouldBe(EnvelopeState.Refused);
        await At(process, "2027-02-03T09:00");
        process.Delivered(Townsfolk.Coordinator).ShouldHaveSingleItem().ShouldStartWith("-.bounced");
    }

    [Fact]
    public async Task What_went_there_long_before_the_last_mail_arrived()
    {
        using var process = await Arrived();
        process.Clock.MoveTo(process.Clock.Now + Duration.FromMinutes(11));
        var lead = await LeadOf(process);
        await process.Product.Get<PostOffice>().Insert([new MessageKey("-", "-", SignIn.MessageKind, lead.Id, "minute-1")], process.Clock.Now);
        await SendAll(process);
        (await CameBack(process, new Bounce("5.1.1", process.Clock.Now))).ShouldBeTrue();
        (await Asks(process)).Single().Accepted.ShouldNotBeNull();
    }

    [Theory]
    [InlineData(60, true)]
    [InlineData(61, false)]
    public async Task The_mailboxs_clock_may_be_a_minute_slow(int seconds, bool isKnown)
    {
        using var process = await Arrived();
        (await CameBack(process, new Bounce("5.1.1", process.Clock.Now - Duration.FromSeconds(seconds)))).ShouldBe(isKnown);
        ((await Asks(process)).Single().Bounced is not null).ShouldBe(isKnown);
    }

    [Fact]
    public async Task An_address_to_which_nothing_went_is_not_known()
    {
        using var process = await Arrived();
        (await process.Product.Get<Refusals>().CameBack("nobody@example.test", new Bounce("", process.Clock.Now))).ShouldBeFalse();
        (await process.Product.Get<BouncedAddresses>().Find("nobody@example.test")).ShouldBeNull();
    }

    [Fact]
    public async Task What_a_person_asks_for_themselves_is_tried_all_the_same()
    {
        using var process = await Refused();
        process.Mail.Bounces = _ => false;
        var lead = await LeadOf(process);
        await process.Product.Get<PostOffice>().Insert([new MessageKey("-", "-", SignIn.MessageKind, lead.Id, "minute-1")], process.Clock.Now);
        await SendAll(process);
        process.Delivered(Lead).ShouldBe(["-.sign-in.minute-1"]);
    }

    [Fact]
    public async Task A_coordinator_who_signs_in_by_a_mailed_link_gets_mail_again_and_what_they_did_not_get()
    {
        using var process = await OneProcess.KickedOff();
        var lead = await LeadOf(process);
        await process.Product.Get<CoordinatorList>().Add(lead.Name, lead.Address, lead.Zone);
        process.Mail.Bounces = address => address == lead.Address;
        await SendAll(process);
        await AskToSignIn(process, lead, "minute-1");
        process.Mail.Bounces = _ => false;
        await AskToSignIn(process, lead, "minute-2");
        process.Delivered(Lead).ShouldBe(["-.sign-in.minute-2"]);

        await SignInBy(process, "not the link");
        (await process.Product.Get<BouncedAddresses>().Find(lead.Address)).ShouldNotBeNull();
        await SignInBy(process, new Uri(LinkIn(process.Mail.Delivered[^1].Mail)).Segments[^1]);
        (await process.Product.Get<BouncedAddresses>().Find(lead.Address)).ShouldBeNull();
        await At(process, "2027-02-03T09:00");
        process.Delivered(Lead).ShouldBe(["-.sign-in.minute-2", "case-study-selection.ask.r1-ask"]);
    }

    private static async Task AskToSignIn(OneProcess process, Person person, string minute)
    {
        await process.Product.Get<PostOffice>().Insert([new MessageKey("-", "-", SignIn.MessageKind, person.Id, minute)], process.Clock.Now);
        await SendAll(process);
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
            product.Get<CoordinatorList>(),
            product.Get<Refusals>(),
            process.Bell,
            process.Clock,
            CancellationToken.None);
    }

    private static async Task<OneProcess> Arrived()
    {
        var process = await OneProcess.KickedOff();
        await SendAll(process);
        return process;
    }

    private static Task<bool> CameBack(OneProcess process, Bounce bounce) =>
        process.Product.Get<Refusals>().CameBack(Townsfolk.AddressOf(Lead).ToUpperInvariant(), bounce);

    private static async Task<bool> DiesOf(Func<Task> what)
    {
        try
        {
            await what();
            return false;
        }
        catch (CrashException)
        {
            return true;
        }
    }

    private static async Task<OneProcess> Refused()
    {
        var process = await OneProcess.KickedOff();
        process.Mail.Bounces = address => address == Townsfolk.AddressOf(Lead);
        await SendAll(process);
        return process;
    }

    private static async Task<Person> LeadOf(OneProcess process) =>
        await process.Product.Get<People>().Get((await process.Snapshot()).Members(Role.DivisionLead)[0]);

    private static async Task<bool> Mend(OneProcess process, string address) =>
        await process.Product.Get<Refusals>().Mend(await LeadOf(process), address, process.Clock.Now);

    private static async Task<IReadOnlyList<Issued>> Asks(OneProcess process)
    {
        var lead = await LeadOf(process);
        return [.. (await process.Snapshot()).IssuedTo(StageIds.CaseStudySelection, lead.Id)];
    }

    private static async Task At(OneProcess process, string local)
    {
        process.Clock.MoveTo(Days.At(LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm").Parse(local).Value));
        await process.Turn();
        await SendAll(process);
    }

    private static async Task SendAll(OneProcess process)
    {
        for (var pass = 0; pass < 10 && await process.Pass(); pass++)
        {
        }
    }
}
