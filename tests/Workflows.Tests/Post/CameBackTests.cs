using Cohesion.Workflows.Coordinators.Access;
using Cohesion.Workflows.Coordinators;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Testing;
using Cohesion.Workflows.Tests.Walking;
using NodaTime;

namespace Cohesion.Workflows.Tests.Post;

/// <summary>Mail that seemed to arrive came back, as a coordinator says or a program that reads the mailbox.</summary>
public sealed class CameBackTests
{
    private const string Lead = "Lead 1";
    private const string Right = "lead@right.example.test";

    [Fact]
    public async Task A_mail_that_came_back_later_is_as_one_that_was_refused()
    {
        using var process = await RefusalTests.Refused();
        process.Mail.Bounces = _ => false;
        await RefusalTests.Mend(process, Right);
        await process.At("2027-02-03T09:00");
        await process.Product.Get<Refusals>().CameBack(await process.Lead(), await process.Snapshot(), process.Clock.Now);
        (await RefusalTests.Asks(process)).Single().ShouldSatisfyAllConditions(issued => issued.Bounced.ShouldNotBeNull(), issued => issued.Accepted.ShouldBeNull());

        await RefusalTests.Mend(process, "lead@third.example.test");
        await process.At("2027-02-04T09:00");
        process.Delivered(Lead).ShouldBe(["case-study-selection.ask.r1-ask", "case-study-selection.ask.r1-ask"]);
    }

    [Fact]
    public async Task Mail_that_a_mailbox_says_came_back_is_told_the_coordinator_once_however_often_it_is_said()
    {
        using var process = await Arrived();
        var bounce = new Bounce("5.1.1", process.Clock.Now);
        (await CameBack(process, bounce)).ShouldBeTrue();
        (await CameBack(process, bounce)).ShouldBeTrue();
        (await RefusalTests.Asks(process)).Single().ShouldSatisfyAllConditions(issued => issued.Bounced.ShouldNotBeNull(), issued => issued.Accepted.ShouldBeNull());

        await process.At("2027-02-03T09:00");
        process.Delivered(Townsfolk.Coordinator).ShouldHaveSingleItem().ShouldStartWith("-.bounced");
    }

    [Fact]
    public async Task What_is_said_again_of_an_old_mail_is_nothing_about_a_newer_one()
    {
        using var process = await Arrived();
        var bounce = new Bounce("5.1.1", process.Clock.Now);
        await CameBack(process, bounce);
        await RefusalTests.Mend(process, Townsfolk.AddressOf(Lead));
        await process.At("2027-02-04T09:00");
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
            (await RefusalTests.Asks(process)).Single().Bounced.ShouldNotBeNull($"a crash {death} step {step}");
            var message = await process.Product.Get<PostOffice>().MessagesOf((await process.Lead()).Id).SingleAsync();
            message.State.ShouldBe(PostState.Refused);
            await process.At("2027-02-03T09:00");
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
        await process.SendAll();
        await CameBack(process, new Bounce("5.1.1", process.Clock.Now));
        await CameBack(process, new Bounce("5.1.1", process.Clock.Now));

        (await RefusalTests.Asks(process)).Single().ShouldSatisfyAllConditions(issued => issued.Bounced.ShouldNotBeNull(), issued => issued.Accepted.ShouldBeNull());
        var mails = process.Product.Get<Envelopes>();
        (await mails.NewestOf(person, CancellationToken.None).FirstAsync()).State.ShouldBe(EnvelopeState.Refused);
        await process.At("2027-02-03T09:00");
        process.Delivered(Townsfolk.Coordinator).ShouldHaveSingleItem().ShouldStartWith("-.bounced");
    }

    [Fact]
    public async Task What_went_there_long_before_the_last_mail_arrived()
    {
        using var process = await Arrived();
        process.Clock.MoveTo(process.Clock.Now + Duration.FromMinutes(11));
        var lead = await process.Lead();
        await process.Product.Get<PostOffice>().Insert([new MessageKey("-", "-", SignIn.MessageKind, lead.Id, "minute-1")], process.Clock.Now);
        await process.SendAll();
        (await CameBack(process, new Bounce("5.1.1", process.Clock.Now))).ShouldBeTrue();
        (await RefusalTests.Asks(process)).Single().Accepted.ShouldNotBeNull();
    }

    [Theory]
    [InlineData(60, true)]
    [InlineData(61, false)]
    public async Task The_mailboxs_clock_may_be_a_minute_slow(int seconds, bool isKnown)
    {
        using var process = await Arrived();
        (await CameBack(process, new Bounce("5.1.1", process.Clock.Now - Duration.FromSeconds(seconds)))).ShouldBe(isKnown);
        ((await RefusalTests.Asks(process)).Single().Bounced is not null).ShouldBe(isKnown);
    }

    [Fact]
    public async Task Mail_that_went_to_a_deputy_and_came_back_goes_to_the_coordinator_it_was_for()
    {
        using var process = await Arrived();
        var (coordinators, cycle) = (process.Product.Get<AccountList>(), await process.Snapshot());
        await coordinators.Add(Townsfolk.Coordinator, Townsfolk.AddressOf(Townsfolk.Coordinator), Townsfolk.Zone);
        var deputy = await coordinators.Add("Dana Deputy", "dana@example.test", Townsfolk.Zone);
        var days = new Absence(deputy, new LocalDate(2027, 2, 1), new LocalDate(2027, 2, 28));
        await process.Product.Get<Absences>().Set(cycle.Coordinator, days);
        await CameBack(process, new Bounce("5.1.1", process.Clock.Now));
        await process.At("2027-02-03T09:00");
        process.Mail.Delivered[^1].Mail.Address.ShouldBe("dana@example.test");

        (await process.Product.Get<Refusals>().CameBack("dana@example.test", new Bounce("5.1.1", process.Clock.Now))).ShouldBeTrue();
        await process.At("2027-02-04T09:00");
        process.Mail.Delivered[^1].Mail.Address.ShouldBe(Townsfolk.AddressOf(Townsfolk.Coordinator));
        process.Delivered(Townsfolk.Coordinator).ShouldHaveSingleItem().ShouldStartWith("-.bounced");
        (await process.Product.Get<BouncedAddresses>().Find(Townsfolk.AddressOf(Townsfolk.Coordinator))).ShouldBeNull();
    }

    [Fact]
    public async Task An_address_to_which_nothing_went_is_not_known()
    {
        using var process = await Arrived();
        (await process.Product.Get<Refusals>().CameBack("nobody@example.test", new Bounce("", process.Clock.Now))).ShouldBeFalse();
        (await process.Product.Get<BouncedAddresses>().Find("nobody@example.test")).ShouldBeNull();
    }

    private static async Task<OneProcess> Arrived()
    {
        var process = await OneProcess.KickedOff();
        await process.SendAll();
        return process;
    }

    private static Task<bool> CameBack(OneProcess process, Bounce bounce) =>
        process.Product.Get<Refusals>().CameBack(Townsfolk.AddressOf(Lead).ToUpperInvariant(), bounce);

    internal static async Task<bool> DiesOf(Func<Task> what)
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
}
