using Cohesion.Workflows.Post;
using Cohesion.Workflows.Testing;
using Cohesion.Workflows.Tests.Walking;
using NodaTime;

namespace Cohesion.Workflows.Tests.Post;

/// <summary>A provider takes a mail and fails with it later, for a reason that is not the address's.</summary>
public sealed class LostMailTests
{
    private const string Lead = "Lead 1";

    [Fact]
    public async Task A_mail_that_the_provider_failed_with_goes_out_again_and_says_nothing_of_its_address()
    {
        using var process = await AllLost();
        await Pass(process, minutes: 2);
        var ask = (await RefusalTests.Asks(process)).Single();
        (ask.Bounced, ask.Accepted).ShouldBe((null, null));
        (await process.Product.Get<BouncedAddresses>().Find(Townsfolk.AddressOf(Lead))).ShouldBeNull();

        process.Mail.Loses = _ => false;
        await process.At("2027-02-03T09:00");
        process.Delivered(Lead).ShouldHaveSingleItem();
        process.Delivered(Townsfolk.Coordinator).ShouldBeEmpty();
        (process.Mail.Delivered[^1].Operation == process.Mail.Lost[^1].Operation).ShouldBeFalse();
    }

    [Fact]
    public async Task A_mail_whose_reply_was_lost_and_that_the_provider_failed_with_goes_out_again_too()
    {
        using var process = await OneProcess.KickedOff();
        process.Mail.TellsAfter = _ => Duration.Zero;
        process.Mail.Loses = _ => true;
        process.Mail.Mishaps = _ => Mishap.ReplyLost;
        process.Restart();
        await process.SendAll();
        process.Mail.Loses = _ => false;
        process.Mail.Mishaps = _ => Mishap.None;
        await process.At("2027-02-03T09:00");
        process.Delivered(Lead).ShouldHaveSingleItem();
        (await process.Product.Get<BouncedAddresses>().Find(Townsfolk.AddressOf(Lead))).ShouldBeNull();
    }

    [Fact]
    public async Task A_provider_that_fails_with_everything_holds_up_nobody_and_gets_no_letter_more_than_once_a_day()
    {
        using var process = await AllLost();
        for (var hour = 1; hour <= 48; hour++)
        {
            await Pass(process, minutes: 60 * hour);
        }

        process.Mail.Lost.CountBy(mail => mail.Mail.Address).Max(mails => mails.Value).ShouldBeInRange(2, 3);
        process.Mail.Loses = _ => false;
        await process.At("2027-02-05T09:00");
        process.Delivered(Lead).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(Death.Before)]
    [InlineData(Death.After)]
    public async Task That_a_mail_was_lost_is_noted_whole_though_the_process_died_of_it_at_any_step(Death death)
    {
        var steps = 0;
        for (var step = 1; step <= steps + 1; step++)
        {
            using var process = await AllLost();
            process.Mail.Loses = _ => false;
            process.Fate = Fate.DiesAt(step, death);
            process.Restart();
            process.Clock.MoveTo(World.Start + Duration.FromMinutes(2));
            steps = await CameBackTests.DiesOf(() => process.Pass()) ? step : steps;
            process.Fate = Fate.Kind();
            process.Restart();
            await Pass(process, minutes: 17);
            await process.At("2027-02-03T09:00");
            process.Delivered(Lead).Count().ShouldBe(1, $"a crash {death} step {step}");
        }

        steps.ShouldBeGreaterThan(5);
    }

    private static async Task<OneProcess> AllLost()
    {
        var process = await OneProcess.KickedOff();
        process.Mail.TellsAfter = _ => Duration.Zero;
        process.Mail.Loses = _ => true;
        process.Restart();
        await process.SendAll();
        return process;
    }

    private static async Task Pass(OneProcess process, int minutes)
    {
        process.Clock.MoveTo(World.Start + Duration.FromMinutes(minutes));
        await process.SendAll();
    }
}
