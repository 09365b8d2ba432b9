using Cohesion.Workflows.Coordinators;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Testing;
using Cohesion.Workflows.Tests.Walking;
using NodaTime;

namespace Cohesion.Workflows.Tests.Post;

/// <summary>A provider takes a mail before it knows whether it can deliver it, and tells when it is asked.</summary>
public sealed class DeliveryStatusTests
{
    private const string Lead = "Lead 1";

    [Fact]
    public async Task A_mail_that_could_not_be_delivered_is_as_one_that_came_back()
    {
        using var process = await Taken(bounces: true);
        (await Ask(process)).Accepted.ShouldNotBeNull();
        await Pass(process, minutes: 2);
        var ask = await Ask(process);
        (ask.Bounced, ask.Accepted).ShouldBe((process.Clock.Now, null));
        var bounce = await process.Product.Get<BouncedAddresses>().Find(Townsfolk.AddressOf(Lead));
        bounce.ShouldBe(new Bounce("550 5.1.1", process.Clock.Now));

        await process.At("2027-02-03T09:00");
        process.Delivered(Townsfolk.Coordinator).ShouldHaveSingleItem().ShouldStartWith("-.bounced");
        process.Mail.Bounces = _ => false;
        await RefusalTests.Mend(process, "lead@right.example.test");
        await process.At("2027-02-04T09:00");
        process.Delivered(Lead).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_is_said_of_a_mail_whose_address_was_corrected_meanwhile_lets_it_go_to_the_right_one()
    {
        using var process = await Taken(bounces: true);
        process.Mail.Bounces = _ => false;
        await RefusalTests.Mend(process, "lead@right.example.test");
        await Pass(process, minutes: 2);
        await process.At("2027-02-03T09:00");
        process.Delivered(Lead).ShouldHaveSingleItem();
        (await process.Product.Get<BouncedAddresses>().Find("lead@right.example.test")).ShouldBeNull();
    }

    [Fact]
    public async Task A_mail_is_asked_for_two_minutes_after_it_was_taken_and_never_again_once_it_is_delivered()
    {
        using var process = await Taken();
        await Pass(process, minutes: 1);
        process.Mail.Asked.ShouldBeEmpty();
        await Pass(process, minutes: 2);
        await Pass(process, minutes: 60);
        process.Mail.Asked.ShouldBe(At(2, of: process.Mail.Delivered.Count));
    }

    [Fact]
    public async Task A_mail_that_is_still_under_way_is_asked_for_once_more_after_half_an_hour()
    {
        using var process = await Taken(tellsAfter: Duration.FromHours(10));
        foreach (var minutes in (int[])[2, 29, 30, 60, 120])
        {
            await Pass(process, minutes);
        }

        process.Mail.Asked.ShouldBe([.. At(2, process.Mail.Delivered.Count), .. At(30, process.Mail.Delivered.Count)]);
        (await Ask(process)).Accepted.ShouldNotBeNull();
    }

    [Theory]
    [InlineData(Death.Before)]
    [InlineData(Death.After)]
    public async Task It_is_noted_whole_though_the_process_died_of_it_at_any_step(Death death)
    {
        var steps = 0;
        for (var step = 1; step <= steps + 1; step++)
        {
            using var process = await Taken(bounces: true);
            process.Fate = Fate.DiesAt(step, death);
            process.Restart();
            process.Clock.MoveTo(World.Start + Duration.FromMinutes(2));
            steps = await CameBackTests.DiesOf(() => process.Pass()) ? step : steps;
            process.Fate = Fate.Kind();
            process.Restart();
            await Pass(process, minutes: 17);
            (await Ask(process)).Bounced.ShouldNotBeNull($"a crash {death} step {step}");
            (await Reminders(process)).ShouldBeEmpty();
            await process.At("2027-02-03T09:00");
            process.Delivered(Townsfolk.Coordinator).Count().ShouldBe(1);
        }

        steps.ShouldBeGreaterThan(5);
    }

    [Theory]
    [InlineData(30, 100, 30)]
    [InlineData(5, 10, 3)]
    public async Task No_minute_and_no_hour_has_more_asked_for_than_the_provider_tells_however_many_ask(
        int perMinute, int perHour, int perRound)
    {
        using var process = await Taken(new MailQuota(perMinute, perHour));
        using var other = process.NewProcess();
        await ManyMore(process, 60);
        for (var minute = 1; minute <= 400; minute++)
        {
            process.Clock.MoveTo(process.Clock.Now + Duration.FromMinutes(1));
            await process.Pass();
            await other.Get<Sender>().Pass();
        }

        process.Mail.Asked.Count.ShouldBe(process.Mail.Delivered.Count);
        process.Mail.Asked.CountBy(at => at).Max(round => round.Value).ShouldBe(perRound);
        Laws.NoMoreCameThanTheQuota(new MailQuota(2 * perMinute, 2 * perHour), process.Mail.Asked);
    }

    [Fact]
    public async Task A_provider_that_is_busy_is_asked_when_it_says_and_gets_mail_meanwhile()
    {
        using var process = await Taken();
        process.Mail.StatusMishaps = asked => asked == 1 ? Mishap.Busy : Mishap.None;
        await Pass(process, minutes: 2);
        await ManyMore(process, 1);
        await Pass(process, minutes: 61);
        process.Mail.Delivered[^1].Mail.Name.ShouldBe("Reader 0");
        process.Mail.Asked.ShouldBe(At(2, of: 1));
        await Pass(process, minutes: 62);
        process.Mail.Asked.Count.ShouldBe(process.Mail.Delivered.Count);
    }

    [Fact]
    public async Task A_provider_that_does_not_answer_is_left_alone_until_the_next_round_and_what_it_did_not_tell_is_asked_half_an_hour_later()
    {
        using var process = await Taken();
        process.Mail.StatusMishaps = asked => asked == 2 ? Mishap.NeverArrived : Mishap.None;
        await Pass(process, minutes: 2);
        await Pass(process, minutes: 16);
        process.Mail.Asked.Count.ShouldBe(2);
        await Pass(process, minutes: 17);
        process.Mail.Asked.Count.ShouldBe(process.Mail.Delivered.Count);
        await Pass(process, minutes: 33);
        process.Mail.Asked.Count.ShouldBe(process.Mail.Delivered.Count + 1);
    }

    [Fact]
    public async Task A_status_that_can_never_be_had_is_given_up_after_a_day_and_was_in_nobodys_way()
    {
        using var process = await Taken();
        await ManyMore(process, 1);
        process.Mail.StatusMishaps = asked => asked == 2 ? Mishap.None : Mishap.NeverArrived;
        for (var hour = 1; hour <= 30; hour++)
        {
            await Pass(process, minutes: 60 * hour);
        }

        (await Reminders(process)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Nothing_is_asked_for_while_there_is_mail_to_send()
    {
        using var process = await Taken();
        await ManyMore(process, 60);
        process.Clock.MoveTo(World.Start + Duration.FromMinutes(2));
        (await process.Pass()).ShouldBeTrue();
        process.Mail.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task Where_nobody_can_be_asked_what_is_left_to_ask_is_forgotten()
    {
        using var process = await Taken();
        process.Mail.TellsAfter = null;
        process.Restart();
        await Pass(process, minutes: 2);
        (await Reminders(process)).ShouldBeEmpty();
        process.Mail.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_round_costs_three_operations()
    {
        using var process = await Taken(new MailQuota(30, 100));
        var quiet = await OperationsOf(process, minutes: 1);
        (await OperationsOf(process, minutes: 2)).ShouldBe(quiet + 3);
    }

    private static async Task<OneProcess> Taken(MailQuota? quota = null, bool bounces = false, Duration tellsAfter = default)
    {
        var process = await OneProcess.KickedOff(quota);
        process.Mail.TellsAfter = _ => tellsAfter;
        process.Mail.Bounces = address => bounces && address == Townsfolk.AddressOf(Lead);
        process.Restart();
        await process.SendAll();
        return process;
    }

    private static async Task Pass(OneProcess process, int minutes)
    {
        process.Clock.MoveTo(World.Start + Duration.FromMinutes(minutes));
        await process.SendAll();
    }

    private static async Task<int> OperationsOf(OneProcess process, int minutes)
    {
        var operations = 0;
        process.BeforeOperation = () => Task.FromResult(operations++);
        await Pass(process, minutes);
        return operations;
    }

    private static IEnumerable<Instant> At(int minutes, int of) => Enumerable.Repeat(World.Start + Duration.FromMinutes(minutes), of);

    /// <summary>Links to sign in, which go at once.</summary>
    private static async Task ManyMore(OneProcess process, int people)
    {
        for (var n = 0; n < people; n++)
        {
            var person = await process.Product.Get<People>().FindOrAdd($"Reader {n}", $"reader-{n}@example.test", Townsfolk.Zone);
            var link = new MessageKey("-", "-", SignIn.MessageKind, person, "minute-1");
            await process.Product.Get<PostOffice>().Insert([link], process.Clock.Now);
        }
    }

    private static async Task<Issued> Ask(OneProcess process) => (await RefusalTests.Asks(process)).Single();

    private static Task<IReadOnlyList<Record>> Reminders(OneProcess process) =>
        process.Product.Get<Retention>().Due(process.Clock.Now + Duration.FromDays(1));
}
