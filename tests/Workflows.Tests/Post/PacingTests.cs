using Cohesion.Workflows.Coordinators;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Testing;
using Cohesion.Workflows.Tests.Walking;
using NodaTime;

namespace Cohesion.Workflows.Tests.Post;

/// <summary>At 11:00 the lead and two facilitators are asked for their votes.</summary>
public sealed class PacingTests
{
    private const string Lead = "Lead 1";

    [Fact]
    public async Task No_more_goes_out_than_the_quota_and_nothing_is_claimed_for_what_waits()
    {
        using var process = await OneProcess.KickedOff(new MailQuota(PerMinute: 3));
        await process.SendAll();
        process.Mail.Delivered.Count.ShouldBe(2);
        (await Envelopes(process)).ShouldBe(2);

        (await process.Pass()).ShouldBeFalse();
        var next = await NextDue(process);
        next.ShouldBe(World.Start + Duration.FromSeconds(65));
        process.Clock.MoveTo(next!.Value);
        await process.SendAll();
        process.Mail.Delivered.Count.ShouldBe(3);
        (await NextDue(process)).ShouldBeNull();
    }

    [Fact]
    public async Task Two_senders_at_once_share_the_quota()
    {
        using var process = await OneProcess.KickedOff(new MailQuota(PerMinute: 3));
        using var other = process.NewProcess();
        process.BeforeSend = async () =>
        {
            process.BeforeSend = () => Task.CompletedTask;
            while (await other.Get<Sender>().Pass())
            {
            }
        };

        await process.SendAll();

        process.Mail.Delivered.Count.ShouldBe(2);
        process.Mail.Delivered.SelectMany(mail => mail.Messages).ShouldBeUnique();
    }

    [Fact]
    public async Task What_goes_at_once_comes_before_what_asks_and_that_before_what_tells()
    {
        using var process = await OneProcess.KickedOff(new MailQuota(PerMinute: 1));
        await Decide(process);
        await process.SendAll();
        var coordinator = (await process.Snapshot()).Coordinator;
        await process.Product.Get<PostOffice>().Insert([new MessageKey("-", "-", SignIn.MessageKind, coordinator, "minute-1")], process.Clock.Now);
        await SendEverything(process);

        process.Mail.Delivered.Select(mail => string.Join(' ', mail.Messages.Select(key => key.Kind))).ShouldBe(["ask", "sign-in", "ask", "chosen"]);
    }

    [Fact]
    public async Task Of_one_person_too_what_can_wait_comes_after_what_is_pressing_of_others()
    {
        using var process = await OneProcess.KickedOff(new MailQuota(PerMinute: 2));
        var cycle = await process.Snapshot();
        var lead = cycle.Members(Role.DivisionLead)[0];
        var signIns = new[] { lead, cycle.Coordinator }.Select(person => new MessageKey("-", "-", SignIn.MessageKind, person, "minute-1"));
        await process.Product.Get<PostOffice>().Insert(signIns, process.Clock.Now);
        await SendEverything(process);

        process.Mail.Delivered.Take(2).SelectMany(mail => mail.Messages).Select(key => key.Kind).ShouldBe(["sign-in", "sign-in"]);
        process.Delivered(Lead).Count().ShouldBe(2);
    }

    [Fact]
    public async Task What_goes_at_once_has_room_where_what_asks_has_none_left()
    {
        using var process = await OneProcess.KickedOff(new MailQuota(PerHour: 3));
        await process.SendAll();
        process.Mail.Delivered.Count.ShouldBe(2);
        var hour = World.Start + Duration.FromSeconds(3605);
        (await NextDue(process)).ShouldBe(hour);

        process.Clock.MoveTo(World.Start + Duration.FromMinutes(5));
        await AskToSignIn(process, 1);
        (await NextDue(process)).ShouldBe(process.Clock.Now);
        await process.SendAll();
        process.Mail.Delivered.Count.ShouldBe(3);
        process.Mail.Delivered[^1].Messages.ShouldHaveSingleItem().Kind.ShouldBe(SignIn.MessageKind);
        (await NextDue(process)).ShouldBe(hour);

        process.Clock.MoveTo(World.Start + Duration.FromMinutes(6));
        await AskToSignIn(process, 2);
        (await NextDue(process)).ShouldBe(hour);
        (await process.Pass()).ShouldBeFalse();
        await SendEverything(process);
        process.Mail.Delivered.Select(mail => mail.Messages[0].Kind).ShouldBe(["ask", "ask", "sign-in", "sign-in", "ask"]);
        process.Mail.Delivered[3].At.ShouldBe(hour);
        Laws.NoMoreCameThanTheQuota(process.Quota, process.Mail.Came);
    }

    [Fact]
    public async Task A_look_at_what_has_no_room_changes_nothing_until_it_has()
    {
        using var process = await OneProcess.KickedOff(new MailQuota(PerHour: 3));
        await process.SendAll();
        var next = await NextDue(process);
        for (var look = 0; look < 3; look++)
        {
            (await process.Pass()).ShouldBeFalse();
            (await NextDue(process)).ShouldBe(next);
        }

        process.Mail.Sends.ShouldBe(2);
        (await Envelopes(process)).ShouldBe(2);
    }

    [Fact]
    public async Task What_waits_for_the_quota_until_the_evening_goes_out_in_the_morning()
    {
        using var process = await OneProcess.KickedOff(new MailQuota(PerHour: 1));
        await process.Product.Get<Pacing>().Settle("x", MailAnswer.Busy("429", Duration.FromHours(6.5)), process.Clock.Now);
        await SendEverything(process);
        process.Mail.Delivered.Select(mail => mail.At.InZone(DateTimeZoneProviders.Tzdb[Townsfolk.Zone]).LocalDateTime.ToString("dd HH", null))
            .ShouldBe(["02 17", "03 08", "03 09"]);
    }

    [Fact]
    public async Task A_provider_that_says_when_to_come_back_is_left_alone_by_all_senders_until_then()
    {
        using var process = await Until(Mishap.Busy, send: 2);
        using var other = process.NewProcess();
        await process.SendAll();
        process.Mail.Sends.ShouldBe(2);
        (await other.Get<Sender>().Pass()).ShouldBeFalse();
        (await NextDue(process)).ShouldBe(World.Start + Duration.FromMinutes(10));

        process.Clock.MoveTo(World.Start + Duration.FromMinutes(10));
        await process.SendAll();
        process.Mail.Delivered.Count.ShouldBe(3);
        process.Mail.Delivered.SelectMany(mail => mail.Messages).ShouldBeUnique();
    }

    [Fact]
    public async Task A_provider_that_is_away_is_tried_with_few_mails_and_gets_all_once_it_is_back()
    {
        using var process = await OneProcess.KickedOff();
        process.Mail.IsAway = now => now < World.Start + Duration.FromHours(3);
        await process.Product.Get<PostOffice>().Insert(await SignIns(process, 30), process.Clock.Now);
        await process.SendAll();
        (await Envelopes(process)).ShouldBe(3);
        (await process.Product.Get<Pacing>().Find()).Failing!.Said.ShouldBe("The mail provider is away.");

        await SendEverything(process);
        process.Mail.Delivered.Count.ShouldBe(33);
        process.Mail.Delivered.ShouldAllBe(mail => mail.At < World.Start + Duration.FromMinutes(240));
        (await process.Product.Get<Pacing>().Find()).Failing.ShouldBeNull();
    }

    private static async Task<OneProcess> Until(Mishap mishap, int send)
    {
        var process = await OneProcess.KickedOff();
        process.Mail.Mishaps = now => now == send ? mishap : Mishap.None;
        return process;
    }

    internal static async Task Decide(OneProcess process)
    {
        await process.Record(cycle => new CaseStudyDecided(1, cycle.Coordinator, cycle.KickOff.CaseStudies[0].Id, cycle.Coordinator, process.Clock.Now));
        await process.Turn();
    }

    private static async Task<IEnumerable<MessageKey>> SignIns(OneProcess process, int people)
    {
        var keys = new List<MessageKey>();
        for (var n = 0; n < people; n++)
        {
            var person = await process.Product.Get<People>().FindOrAdd($"Person {n}", $"person{n}@example.test", Townsfolk.Zone);
            keys.Add(new MessageKey("-", "-", SignIn.MessageKind, person, "minute-1"));
        }

        return keys;
    }

    private static async Task AskToSignIn(OneProcess process, int minute)
    {
        var coordinator = (await process.Snapshot()).Coordinator;
        await process.Product.Get<PostOffice>().Insert([new MessageKey("-", "-", SignIn.MessageKind, coordinator, $"minute-{minute}")], process.Clock.Now);
    }

    private static async Task<int> Envelopes(OneProcess process) =>
        await process.Records.All(RowRange.StartingWith(Rows.PostPartition, "e.")).CountAsync();

    /// <summary>From one instant at which something can go out to the next.</summary>
    internal static async Task SendEverything(OneProcess process)
    {
        while (await NextDue(process) is { } next)
        {
            process.Clock.MoveTo(Instant.Max(next, process.Clock.Now));
            await process.SendAll();
        }
    }

    internal static Task<Instant?> NextDue(OneProcess process) => process.Product.Get<PostOffice>().NextDue();
}
