using Cohesion.Workflows.Post;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Testing;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;

namespace Cohesion.Workflows.Tests.Post;

public sealed class PaceTests
{
    private static readonly Instant Start = Instant.FromUtc(2027, 3, 1, 17, 0);
    private static readonly RecordKey Key = new("post-pace", "pace");

    /// <summary>Wherever in between the provider counts a mail, and whether or not anybody lives to hear of it.</summary>
    [Fact]
    public void However_slow_senders_are_the_provider_never_gets_more_than_the_quota() =>
        Prop.ForAll(Runs, run => Laws.NoMoreCameThanTheQuota(run.Quota, Came(run))).QuickCheckThrowOnFailure();

    [Fact]
    public void As_many_as_the_quota_go_at_once_and_the_next_after_a_minute()
    {
        var quota = new MailQuota(PerMinute: 3);
        var pace = Sent(3, Pace.Begin, Start);
        Sent(2, Pace.Begin, Start).OpensAt(quota, Start).ShouldBe(Start);
        pace.OpensAt(quota, Start).ShouldBe(Start + Duration.FromSeconds(65));
        pace.OpensAt(quota, Start + Duration.FromMinutes(2)).ShouldBe(Start + Duration.FromMinutes(2));
    }

    [Fact]
    public void The_hour_is_kept_beside_the_minute()
    {
        var quota = new MailQuota(PerMinute: 2, PerHour: 3);
        var pace = Sent(1, Sent(2, Pace.Begin, Start), Start + Duration.FromMinutes(10));
        pace.OpensAt(quota, Start + Duration.FromMinutes(11)).ShouldBe(Start + Duration.FromSeconds(3605));
    }

    [Fact]
    public void A_mail_that_nobody_told_the_end_of_counts_until_it_can_have_come()
    {
        var quota = new MailQuota(PerMinute: 1);
        var pace = Pace.Begin.Reserve("lost", Start);
        pace.OpensAt(quota, Start).ShouldBe(Start + Duration.FromMinutes(6));
        pace.GiveBack("lost").OpensAt(quota, Start).ShouldBe(Start);
    }

    [Fact]
    public void A_mail_that_nobody_told_the_end_of_counts_once()
    {
        var later = Start + Duration.FromMinutes(5);
        var pace = Pace.Begin.Reserve("lost", Start).Reserve("next", later).Settle("next", MailAnswer.Accepted, later);
        pace.Sent.Sum(one => one.Mails).ShouldBe(2);
        pace.UnderWay.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(30, 100, 27, 90)]
    [InlineData(2, 10, 1, 9)]
    [InlineData(1, 3, 1, 2)]
    [InlineData(null, 19, null, 18)]
    public void A_tenth_is_kept_for_what_goes_at_once(int? perMinute, int? perHour, int? perMinuteOfAsks, int? perHourOfAsks)
    {
        var quota = new MailQuota(perMinute, perHour);
        quota.For(Haste.AtOnce).ShouldBe(quota);
        quota.For(Haste.Asks).ShouldBe(new MailQuota(perMinuteOfAsks, perHourOfAsks));
        quota.For(Haste.Tells).ShouldBe(quota.For(Haste.Asks));
    }

    [Fact]
    public void A_provider_that_says_when_it_takes_mail_again_is_left_alone_until_then()
    {
        var pace = Pace.Begin.Settle("1", MailAnswer.Busy("429", Duration.FromMinutes(20)), Start);
        pace.OpensAt(MailQuota.None, Start).ShouldBe(Start + Duration.FromMinutes(20));
        pace.Settle("2", MailAnswer.Accepted, Start).OpensAt(MailQuota.None, Start).ShouldBe(Start + Duration.FromMinutes(20));
    }

    [Theory]
    [InlineData(2, 0)]
    [InlineData(3, 2)]
    [InlineData(4, 4)]
    [InlineData(5, 8)]
    [InlineData(6, 10)]
    [InlineData(99, 10)]
    public void From_the_third_failure_in_a_row_on_nothing_goes_out_for_some_minutes(int failures, int minutes) =>
        Failed(failures).OpensAt(MailQuota.None, Start).ShouldBe(Start + Duration.FromMinutes(minutes));

    [Fact]
    public void An_answer_ends_a_row_of_failures()
    {
        Failed(2).Failing.ShouldBe(new Failing(Start, 2, "connection lost 2"));
        Failed(2).Settle("3", MailAnswer.Refused("550"), Start).Failing.ShouldBeNull();
    }

    [Fact]
    public void What_is_written_is_read_again()
    {
        var pace = Sent(3, Failed(4), Start + Duration.FromMinutes(7)).Reserve("b", Start + Duration.FromMinutes(8)).Reserve("a", Start + Duration.FromMinutes(9));
        pace = pace.Settle("c", MailAnswer.Unknown with { Said = "421 Try later" }, Start + Duration.FromMinutes(9));
        var read = Pace.Read(pace.Write(Key));
        read.Sent.ShouldBe(pace.Sent);
        read.UnderWay.ShouldBe(pace.UnderWay);
        (read with { Sent = pace.Sent, UnderWay = pace.UnderWay }).ShouldBe(pace);
    }

    [Fact]
    public void However_many_mails_go_out_and_whatever_is_said_the_row_fits_a_record()
    {
        var pace = Pace.Begin;
        for (var second = 0; second < 4000; second++)
        {
            pace = Sent(3, pace, Start + Duration.FromSeconds(second));
        }

        pace = pace.Settle("x", MailAnswer.Unknown with { Said = new string('x', 40_000) }, Start + Duration.FromSeconds(4000));
        RecordLimits.CheckTransaction([new RecordWrite.Put(pace.Write(Key))]);
        pace.Sent.Sum(one => one.Mails).ShouldBeInRange(3 * 3600, 3 * 3610);
    }

    [Fact]
    public void The_last_of_many_mails_is_foretold_by_the_quota_and_the_hours()
    {
        var quota = new MailQuota(PerMinute: 30, PerHour: 100);
        Pace.Begin.OutBy(0, quota, at => at, Start).ShouldBe(Start);
        Pace.Begin.OutBy(100, quota, at => at, Start).ShouldBeInRange(Start + Duration.FromMinutes(3), Start + Duration.FromMinutes(4));
        Pace.Begin.OutBy(250, quota, at => at, Start).ShouldBeInRange(Start + Duration.FromMinutes(120), Start + Duration.FromMinutes(125));
        var tomorrow = Start + Duration.FromHours(15);
        Pace.Begin.OutBy(101, quota, at => at < Start + Duration.FromMinutes(50) ? at : Instant.Max(at, tomorrow), Start).ShouldBe(tomorrow);
    }

    private static Pace Sent(int mails, Pace pace, Instant at) => Enumerable.Range(0, mails)
        .Aggregate(pace, (before, n) => before.Reserve($"{n}", at).Settle($"{n}", MailAnswer.Accepted, at));

    private static Pace Failed(int times) => Enumerable.Range(1, times)
        .Aggregate(Pace.Begin, (pace, n) => pace.Settle($"f{n}", MailAnswer.Unknown with { Said = $"connection lost {n}" }, Start));

    private static Arbitrary<Run> Runs =>
        (from perMinute in Gen.Choose(1, 5)
         from perHour in Gen.Choose(3, 40)
         from mails in (from wait in Gen.Choose(0, 20_000)
                        from comes in Gen.Choose(0, 200_000)
                        from settles in Gen.Choose(0, 90_000)
                        from dies in Gen.Choose(0, 9)
                        select new Try(Duration.FromMilliseconds(wait), Duration.FromMilliseconds(comes), dies == 0 ? null : Duration.FromMilliseconds(settles)))
             .ArrayOf()
         select new Run(new MailQuota(perMinute, perHour), mails)).ToArbitrary();

    /// <summary>When mails come to the provider, of senders as many as it takes.</summary>
    private static List<Instant> Came(Run run)
    {
        var (now, pace, came, settling) = (Start, Pace.Begin, new List<Instant>(), new PriorityQueue<string, Instant>());
        foreach (var (mail, n) in run.Tries.Select((mail, n) => (mail, n)))
        {
            now += mail.Wait;
            while (settling.TryPeek(out var id, out var at) && at <= now)
            {
                pace = pace.Settle(settling.Dequeue(), MailAnswer.Accepted, at);
            }

            if (pace.OpensAt(run.Quota, now) > now)
            {
                continue;
            }

            pace = Pace.Read(pace.Reserve($"{n}", now).Write(Key));
            came.Add(now + mail.Comes);
            if (mail.Settles is { } settles)
            {
                settling.Enqueue($"{n}", now + mail.Comes + settles);
            }
        }

        return came;
    }

    private sealed record Run(MailQuota Quota, IReadOnlyList<Try> Tries);

    /// <param name="Wait">After the one before.</param>
    /// <param name="Comes">To the provider after so long.</param>
    /// <param name="Settles">So long after that; null where the process dies.</param>
    private sealed record Try(Duration Wait, Duration Comes, Duration? Settles);
}
