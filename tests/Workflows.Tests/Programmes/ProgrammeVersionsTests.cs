using System.Collections.Immutable;
using Cohesion.Workflows.Checking;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Programmes;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Testing;
using Cohesion.Workflows.Tests.Walking;
using NodaTime;

namespace Cohesion.Workflows.Tests.Programmes;

/// <summary>What coordinators save over the programmes as delivered.</summary>
public sealed class ProgrammeVersionsTests
{
    private const string Id = "adult-mental-health";

    private static readonly ProgrammeFiles Delivered = ProgrammeFiles.Load(Path.Combine(AppContext.BaseDirectory, "Programmes"));

    private readonly MemoryRecordStore _records = new();

    private ProgrammeVersions Versions => new(Delivered, _records);

    [Fact]
    public async Task Without_a_version_the_programmes_are_as_delivered()
    {
        var now = await Versions.Now();
        now.All.ShouldBe(Delivered.All);
        now.NumberOf(Id).ShouldBe(0);
        now.At(Id, 0).ShouldBe(Delivered.Find(Id));
        now.At(Id, 1).ShouldBeNull();
    }

    [Fact]
    public async Task The_newest_version_stands_and_the_earlier_ones_can_be_read()
    {
        (await Versions.Add(Version(1, "One"))).ShouldBeTrue();
        (await Versions.Add(Version(2, "Two"))).ShouldBeTrue();
        var now = await Versions.Now();
        now.Find(Id)!.Name.ShouldBe("Two");
        now.All.Select(programme => programme.Name).ShouldBe(["Child and Youth Mental Health", "Two"]);
        (now.At(Id, 1)!.Name, now.At(Id, 0)!.Name).ShouldBe(("One", "Adult Mental Health"));
        now.SavedOf(Id).Select(version => version.Reason).ShouldBe(["because of One", "because of Two"]);
    }

    [Fact]
    public async Task Own_words_that_a_later_release_has_other_blanks_for_are_not_used()
    {
        const string Subject = "case-study-selection.AskSubject";
        var version = Version(1, "One");
        var own = ImmutableSortedDictionary<string, string>.Empty.Add(Subject, "pick your case").Add("case-study-selection.AskDeadline", "By {0} or {7}.");
        (await Versions.Add(version with { Content = version.Content with { Texts = own } })).ShouldBeTrue();
        (await Versions.Now()).WordingOf(Id).Own.Keys.ShouldBe([Subject]);
    }

    [Fact]
    public async Task Of_two_who_save_at_once_one_is_refused()
    {
        var (one, another) = (Versions, Versions);
        await one.Now();
        await another.Now();
        (await one.Add(Version(1, "One"))).ShouldBeTrue();
        (await another.Add(Version(1, "Another"))).ShouldBeFalse();
        (await another.Now()).Find(Id)!.Name.ShouldBe("One");
    }

    [Fact]
    public async Task Who_saves_another_programme_at_once_is_not_refused()
    {
        var other = new ProgrammeVersion(1, Delivered.Find("child-and-youth-mental-health")! with { Name = "Youth" }, PersonId.From("p"), default, "why");
        var late = new ProgrammeVersions(Delivered, new LateStore(_records, () => Versions.Add(other)));
        (await late.Add(Version(1, "One"))).ShouldBeTrue();
        (await Versions.Now()).All.Select(programme => programme.Name).ShouldBe(["One", "Youth"]);
    }

    [Fact]
    public async Task A_programme_that_is_larger_than_a_property_comes_back_whole()
    {
        var summary = string.Concat(Enumerable.Repeat("Zoë says: “no”. ", 5000));
        var large = Version(1, "One");
        large = large with { Content = large.Content with { CaseStudies = [new CaseStudy("only", "Only", summary)] } };
        (await Versions.Add(large)).ShouldBeTrue();
        (await Versions.Now()).Find(Id)!.CaseStudies.Single().Summary.ShouldBe(summary);
    }

    [Fact]
    public async Task The_check_reads_the_versions_and_finds_where_one_is_missing()
    {
        using var process = await OneProcess.KickedOff();
        var versions = new ProgrammeVersions(Delivered, process.Records);
        await versions.Add(Version(1, "One"));
        await versions.Add(Version(2, "Two"));
        var check = process.Product.Get<RecordCheck>();
        (await check.Run(process.Records.Partitions, repairs: false)).Findings.ShouldBeEmpty();

        await process.Records.DeleteIfThere(new RecordKey(ProgrammeVersions.Partition, "00000000"));
        (await process.Product.Get<RecordCheck>().Run(process.Records.Partitions, repairs: false)).Findings.Single().What.ShouldContain("a version of a programme before this one is missing");
    }

    private static ProgrammeVersion Version(int number, string name) =>
        new(number, Delivered.Find(Id)! with { Name = name }, PersonId.From("p"), Instant.FromUtc(2027, 3, 1, 17, number), $"because of {name}");

    /// <summary>Before the first write something else is done.</summary>
    private sealed class LateStore(IRecordStore records, Func<Task> first) : IRecordStore
    {
        private Func<Task>? _first = first;

        public Task<Record?> Find(RecordKey key, CancellationToken cancel = default) => records.Find(key, cancel);

        public Task<RecordPage> Query(RowRange range, string? continuation = null, CancellationToken cancel = default) => records.Query(range, continuation, cancel);

        public async Task<IReadOnlyList<string?>> Commit(IReadOnlyList<RecordWrite> writes, CancellationToken cancel = default)
        {
            if (Interlocked.Exchange(ref _first, null) is { } before)
            {
                await before();
            }

            return await records.Commit(writes, cancel);
        }
    }
}
