using Cohesion.Workflows.Checking;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Tests.Walking;
using NodaTime;

namespace Cohesion.Workflows.Tests.Checking;

/// <summary>What somebody does to a timeline behind the product's back is found.</summary>
public sealed class ChainCheckTests
{
    [Fact]
    public async Task Answers_and_turns_leave_a_whole_chain()
    {
        using var process = await Voted();
        (await Findings(process)).ShouldBeEmpty();
        (await Rows(process, "k.")).Count.ShouldBeGreaterThan(1);
        (await Rows(process, "l.")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_changed_line_is_named()
    {
        using var process = await Voted();
        foreach (var line in await Rows(process, "h."))
        {
            await process.Records.Commit([new RecordWrite.Put(line with { Properties = line.Properties.SetItem("body", "{}") })]);
            (await Findings(process)).ShouldHaveSingleItem().ShouldContain($"{line.Key.Row}: the line of the timeline was changed");
            await process.Records.Commit([new RecordWrite.Put(line)]);
        }
    }

    [Fact]
    public async Task A_removed_line_is_named()
    {
        using var process = await Voted();
        var line = (await Rows(process, "h."))[1];
        await process.Records.Commit([new RecordWrite.Delete(line.Key, null)]);
        (await Findings(process)).ShouldHaveSingleItem().ShouldContain($"{line.Key.Row}: the line of the timeline was removed");
    }

    [Fact]
    public async Task A_line_put_in_is_named_wherever_it_stands()
    {
        using var process = await Voted();
        var line = (await Rows(process, "h."))[0];
        foreach (var row in (string[])["h.000000000000001.x", "h.999999999999999.x"])
        {
            var added = line with { Key = line.Key with { Row = row } };
            await process.Records.Commit([new RecordWrite.Put(added)]);
            (await Findings(process)).ShouldHaveSingleItem().ShouldContain($"{row}: the line was put into");
            await process.Records.Commit([new RecordWrite.Delete(added.Key, null)]);
        }
    }

    [Fact]
    public async Task A_line_that_is_gone_with_its_link_is_noticed()
    {
        using var process = await Voted();
        foreach (var link in await Rows(process, "k."))
        {
            var gone = Chain.ReadLink(link).Lines.Select(line => link.Key with { Row = line.Row }).Append(link.Key).ToList();
            var rows = (await Rows(process, "")).ExceptBy(gone, row => row.Key).ToList();
            Findings(rows).ShouldNotBeEmpty();
        }
    }

    [Fact]
    public async Task An_answer_is_covered_before_a_turn_links_it()
    {
        using var process = await Voted(turn: false);
        (await Findings(process)).ShouldBeEmpty();
        var noted = Chain.ReadUnlinked((await Rows(process, "l."))[0]).Row;
        var line = (await Rows(process, "h.")).Single(row => row.Key.Row == noted);
        await process.Records.Commit([new RecordWrite.Put(line with { Properties = line.Properties.SetItem("body", "{}") })]);
        (await Findings(process)).ShouldHaveSingleItem().ShouldContain(noted);
    }

    [Fact]
    public async Task An_answer_of_an_earlier_clock_is_linked_too()
    {
        using var process = await Voted();
        await Vote(process, process.Clock.Now - Duration.FromDays(1));
        await process.Turn();
        (await Rows(process, "l.")).ShouldBeEmpty();
        (await Findings(process)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_transaction_that_is_sent_twice_leaves_a_whole_chain()
    {
        using var process = await Voted(turn: false);
        process.IsRepeated = () => true;
        await process.Turn();
        await Vote(process, process.Clock.Now);
        process.IsRepeated = () => false;
        await process.Turn();
        (await Rows(process, "l.")).ShouldBeEmpty();
        (await Findings(process)).ShouldBeEmpty();
    }

    [Fact]
    public async Task More_answers_than_fit_one_transaction_are_linked_by_one_turn()
    {
        using var process = await Voted(turn: false);
        foreach (var second in Enumerable.Range(1, 250))
        {
            await Vote(process, process.Clock.Now + Duration.FromSeconds(second));
        }

        await process.Turn();
        (await Rows(process, "l.")).ShouldBeEmpty();
        (await Findings(process)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_cycle_from_before_there_were_chains_has_one_from_its_next_turn_on()
    {
        using var process = await Voted();
        await Unchain(process);
        (await Findings(process)).ShouldBeEmpty();

        await Vote(process, process.Clock.Now + Duration.FromSeconds(1));
        await process.Turn();
        (await Findings(process)).ShouldBeEmpty();
        (await Rows(process, "k.")).ShouldHaveSingleItem();

        var newest = (await Rows(process, "h."))[^1];
        await process.Records.Commit([new RecordWrite.Put(newest with { Key = newest.Key with { Row = "h.999999999999999.x" } })]);
        (await Findings(process)).ShouldHaveSingleItem();
    }

    private static async Task<OneProcess> Voted(bool turn = true)
    {
        var process = await OneProcess.KickedOff();
        await Vote(process, process.Clock.Now);
        if (turn)
        {
            await process.Turn();
        }

        return process;
    }

    private static async Task Vote(OneProcess process, Instant at)
    {
        var cycle = await process.Snapshot();
        var lead = cycle.Members(Role.DivisionLead)[0];
        await process.Product.Get<CycleRecords>().Record(process.Cycle, [new Voted(1, lead, cycle.KickOff.CaseStudies[0].Id, lead, at)], at);
    }

    private static async Task Unchain(OneProcess process)
    {
        var cycle = (await Rows(process, "c")).Single();
        await process.Records.Commit([new RecordWrite.Put(cycle with { Properties = cycle.Properties.Remove("head") })]);
        foreach (var link in await Rows(process, "k."))
        {
            await process.Records.Commit([new RecordWrite.Delete(link.Key, null)]);
        }
    }

    private static async Task<List<Record>> Rows(OneProcess process, string prefix) =>
        (await process.Records.All(RowRange.Whole(Workflows.Records.Rows.CyclePartition(process.Cycle))).ToListAsync())
            .Where(row => row.Key.Row.StartsWith(prefix, StringComparison.Ordinal)).ToList();

    private static async Task<List<string>> Findings(OneProcess process) => Findings(await Rows(process, ""));

    private static List<string> Findings(List<Record> rows) =>
        [.. new ChainCheck(rows.Single(row => row.Key.Row == "c"), rows).Findings().Select(finding => finding.ToString())];
}
