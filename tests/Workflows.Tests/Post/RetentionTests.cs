using Cohesion.Workflows.Checking;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Testing;
using Cohesion.Workflows.Tests.Walking;
using NodaTime;

namespace Cohesion.Workflows.Tests.Post;

/// <summary>At 11:00 the lead and two facilitators are asked for their votes; a month later the post has forgotten that.</summary>
public sealed class RetentionTests
{
    private const string Lead = "Lead 1";

    private static readonly Duration Month = Duration.FromDays(30);

    [Fact]
    public async Task A_mail_is_kept_for_thirty_days_and_then_removed_with_its_messages()
    {
        using var process = await OneProcess.KickedOff();
        await process.SendAll();
        process.Clock.MoveTo(World.Start + Month - Duration.FromSeconds(1));
        await process.SendAll();
        (await Kept(process)).Count.ShouldBe(6);

        process.Clock.MoveTo(World.Start + Month);
        await process.SendAll();
        (await Kept(process)).ShouldBeEmpty();
        (await process.Snapshot()).All<Issued>().ShouldAllBe(issued => issued.Accepted == World.Start);
    }

    [Fact]
    public async Task A_message_whose_record_is_gone_is_not_sent_again_however_often_it_is_put_in_the_post()
    {
        using var process = await OneProcess.KickedOff();
        await process.SendAll();
        var sent = process.Mail.Delivered.SelectMany(mail => mail.Messages).ToList();
        process.Clock.MoveTo(World.Start + Month);
        await process.SendAll();

        await process.Product.Get<PostOffice>().Insert(sent, process.Clock.Now);
        await process.SendAll();

        process.Mail.Delivered.SelectMany(mail => mail.Messages).ShouldBe(sent);
        (await Kept(process)).ShouldBeEmpty();
        (await process.Snapshot()).All<Issued>().ShouldAllBe(issued => issued.Accepted != null && issued.Withdrawn == null);
    }

    [Fact]
    public async Task What_tells_a_coordinator_of_an_address_is_told_once_though_its_text_is_gone()
    {
        using var process = await RefusalTests.Refused();
        process.Clock.MoveTo(World.Start + Duration.FromDays(1));
        await process.SendAll();
        var told = process.Delivered(Townsfolk.Coordinator).ShouldHaveSingleItem();
        process.Clock.MoveTo(process.Clock.Now + Month);
        await process.SendAll();
        (await Kept(process)).ShouldNotContain(row => row.StartsWith("e.", StringComparison.Ordinal));

        var lead = await process.Lead();
        var issued = (await process.Snapshot()).All<Issued>().Select(one => one.Key);
        await process.Product.Get<Refusals>().Tell(lead, issued, new Bounce("", process.Clock.Now), CancellationToken.None);
        process.Clock.MoveTo(process.Clock.Now + Duration.FromDays(7));
        await process.SendAll();
        process.Delivered(Townsfolk.Coordinator).ShouldBe([told]);
    }

    [Fact]
    public async Task What_an_address_refused_waits_for_a_better_one_as_long_as_it_takes()
    {
        using var process = await RefusalTests.Refused();
        process.Clock.MoveTo(World.Start + Month);
        await process.SendAll();
        var message = (await process.Product.Get<PostOffice>().MessagesOf((await process.Lead()).Id).ToListAsync()).ShouldHaveSingleItem();
        message.State.ShouldBe(PostState.Refused);
    }

    [Fact]
    public async Task What_was_withdrawn_is_removed_thirty_days_after_it_came_in()
    {
        using var process = await OneProcess.KickedOff();
        await process.Record(cycle => new CaseStudyDecided(1, cycle.Coordinator, cycle.KickOff.CaseStudies[0].Id, cycle.Coordinator, process.Clock.Now));
        await process.Turn();
        process.Clock.MoveTo(World.Start + Duration.FromDays(1));
        await process.SendAll();
        (await Kept(process)).Count(row => row.Contains("case-study-selection.ask", StringComparison.Ordinal)).ShouldBe(3);

        process.Clock.MoveTo(World.Start + Month);
        await process.SendAll();
        (await Kept(process)).Count(row => row.Contains("case-study-selection.ask", StringComparison.Ordinal)).ShouldBe(0);
    }

    [Fact]
    public async Task What_cannot_be_removed_holds_up_nothing_and_is_tried_again_the_next_day()
    {
        using var process = await OneProcess.KickedOff();
        await process.SendAll();
        var envelope = (await RowsOf(process)).First(row => row.Key.Row.StartsWith("e.", StringComparison.Ordinal));
        await process.Records.Commit([new RecordWrite.Put(Record.Of(envelope.Key, ("state", "of a later release")))]);
        process.Clock.MoveTo(World.Start + Month);
        await process.SendAll();
        (await Kept(process)).Count.ShouldBe(2);
        process.Log.Errors.ShouldHaveSingleItem();

        await process.Records.Commit([new RecordWrite.Put(envelope)]);
        process.Clock.MoveTo(World.Start + Month + Duration.FromDays(1));
        await process.SendAll();
        (await Kept(process)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_cannot_be_removed_and_is_put_down_again_meanwhile_holds_up_nothing()
    {
        using var process = await OneProcess.KickedOff();
        await process.SendAll();
        var rows = await RowsOf(process);
        var envelope = rows.First(row => row.Key.Row.StartsWith("e.", StringComparison.Ordinal));
        var reminder = rows.Single(row => row.Key.Row.StartsWith("x.", StringComparison.Ordinal) && row.Key.Row.EndsWith(envelope.Key.Row, StringComparison.Ordinal));
        await process.Records.Commit([new RecordWrite.Put(Record.Of(envelope.Key, ("state", "of a later release")))]);
        process.Clock.MoveTo(World.Start + Month);
        process.BeforeOperation = async () =>
        {
            if (await process.Records.Find(reminder.Key) is { } there)
            {
                await process.Records.Commit([new RecordWrite.Put(there)]);
            }
        };
        await process.SendAll();
        (await Kept(process)).Count.ShouldBe(2);
        process.Log.Errors.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task The_check_finds_what_nobody_will_remove_and_sees_to_it()
    {
        using var process = await OneProcess.KickedOff();
        await process.SendAll();
        foreach (var reminder in (await RowsOf(process)).Where(row => row.Key.Row.StartsWith("x.", StringComparison.Ordinal)))
        {
            await process.Records.Commit([new RecordWrite.Delete(reminder.Key, null)]);
        }

        var findings = (await Check(process, repairs: false)).Findings;
        findings.Select(finding => finding.What).ShouldBe(Enumerable.Repeat("it was sent, and nobody will remove it", 3));
        (await Check(process, repairs: true)).Repaired.ShouldBe(3);
        (await Check(process, repairs: false)).Findings.ShouldBeEmpty();
        process.Clock.MoveTo(World.Start + Month);
        await process.SendAll();
        (await Kept(process)).ShouldBeEmpty();
    }

    private static async Task<CheckReport> Check(OneProcess process, bool repairs)
    {
        using var other = process.NewProcess();
        return await other.Get<RecordCheck>().Run(process.Records.Partitions, repairs);
    }

    /// <summary>The names of messages and envelopes.</summary>
    private static async Task<List<string>> Kept(OneProcess process) => [.. (await RowsOf(process))
        .Select(row => row.Key.Row)
        .Where(row => row.StartsWith("e.", StringComparison.Ordinal) || row.StartsWith("m.", StringComparison.Ordinal))];

    private static async Task<List<Record>> RowsOf(OneProcess process) =>
        await process.Records.All(RowRange.Whole(Rows.PostPartition)).ToListAsync();
}
