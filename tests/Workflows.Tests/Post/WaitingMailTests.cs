using Cohesion.Workflows.Post;
using Cohesion.Workflows.Testing;
using Cohesion.Workflows.Tests.Walking;
using NodaTime;

namespace Cohesion.Workflows.Tests.Post;

/// <summary>What a coordinator is told of mail that waits. At 11:00 the lead and two facilitators are asked for their votes.</summary>
public sealed class WaitingMailTests
{
    [Fact]
    public async Task A_queue_is_told_once_mail_waits_for_a_minute_and_until_the_last_is_out()
    {
        using var process = await OneProcess.KickedOff(new MailQuota(PerMinute: 1));
        await process.SendAll();
        (await Queue(process)).ShouldBeNull();

        process.Clock.MoveTo(World.Start + Duration.FromSeconds(60));
        (await Queue(process)).ShouldNotBeNull().ShouldSatisfyAllConditions(
            queue => queue.People.ShouldBe(2),
            queue => queue.Since.ShouldBe(World.Start),
            queue => queue.OutBy.ShouldBe(World.Start + Duration.FromSeconds(130)),
            queue => queue.Failing.ShouldBeNull());
        await PacingTests.SendEverything(process);
        (await Queue(process)).ShouldBeNull();
    }

    [Fact]
    public async Task Mail_that_is_tried_in_vain_is_in_the_queue_with_what_was_said()
    {
        using var process = await OneProcess.KickedOff();
        process.Mail.IsAway = _ => true;
        await process.SendAll();
        process.Clock.MoveTo(World.Start + Duration.FromSeconds(90));
        (await Queue(process)).ShouldNotBeNull().ShouldSatisfyAllConditions(
            queue => queue.People.ShouldBe(3),
            queue => queue.Next.ShouldBe(World.Start + Duration.FromMinutes(2)),
            queue => queue.OutBy.ShouldBeNull(),
            queue => queue.Failing!.Said.ShouldBe("The mail provider is away."));

        process.Mail.IsAway = _ => false;
        await PacingTests.SendEverything(process);
        (await Queue(process)).ShouldBeNull();
    }

    [Fact]
    public async Task What_waits_for_the_morning_is_no_queue()
    {
        using var process = await OneProcess.KickedOff();
        await process.SendAll();
        await PacingTests.Decide(process);
        await process.SendAll();
        process.Clock.MoveTo(World.Start + Duration.FromHours(3));
        (await PacingTests.NextDue(process)).ShouldNotBeNull();
        (await Queue(process)).ShouldBeNull();
    }

    private static Task<WaitingMail?> Queue(OneProcess process) => process.Product.Get<WaitingMails>().Find(Townsfolk.Zone, process.Clock.Now);
}
