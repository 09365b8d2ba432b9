using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Stages.SurveyCollection;
using Cohesion.Workflows.Stages.SurveyCollection.Sealing;
using Cohesion.Workflows.Testing;
using Cohesion.Workflows.Tests.Walking;

namespace Cohesion.Workflows.Tests.Stages.SurveyCollection;

/// <summary>An answer and the close of its round meet: whichever is first, no answer is half in.</summary>
public sealed class SurveyRaceTests : IAsyncLifetime
{
    private static readonly PersonId[] People = [.. Enumerable.Range(1, 6).Select(i => PersonId.From($"p{i}"))];

    private readonly MemoryRoundKeys _keys = new();
    private readonly SeededIds _ids = new(7);
    private OneProcess _process = null!;

    private CycleRecords Cycles => _process.Product.Get<CycleRecords>();

    public async ValueTask InitializeAsync()
    {
        _process = await OneProcess.KickedOff();
        var now = _process.Clock.Now;
        await Cycles.Record(_process.Cycle, [new StageOpened(StageIds.SurveyCollection, 1, now), new SurveyRound(1, Closed: false)], now);
        foreach (var person in People[..5])
        {
            (await Submit(Survey(_process.Records), person)).ShouldBe(Submission.Taken);
        }
    }

    public ValueTask DisposeAsync()
    {
        _process.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task An_answer_that_comes_just_after_the_close_is_refused_whole()
    {
        var late = Survey(new Interleaved(_process.Records, CloseAndUnseal));

        (await Submit(late, People[5])).ShouldBe(Submission.Closed);

        (await _process.Snapshot()).All<SurveyAnswered>().Count().ShouldBe(5);
        (await Sealed()).ShouldBe(0);
        (await AnswersInThePool()).ShouldBe(5);
    }

    [Fact]
    public async Task An_answer_that_comes_just_before_the_close_counts()
    {
        var records = new Interleaved(_process.Records, () => Submit(Survey(_process.Records), People[5]));
        await new CycleRecords(records, _ids).Record(_process.Cycle, [new SurveyRound(1, Closed: true)], _process.Clock.Now);
        await Unseal();

        (await _process.Snapshot()).All<SurveyAnswered>().Count().ShouldBe(6);
        (await Sealed()).ShouldBe(0);
        (await AnswersInThePool()).ShouldBe(6);
    }

    [Fact]
    public async Task Two_answers_at_once_both_count()
    {
        var first = Survey(new Interleaved(_process.Records, () => Submit(Survey(_process.Records), PersonId.From("p7"))));

        (await Submit(first, People[5])).ShouldBe(Submission.Taken);

        (await Sealed()).ShouldBe(7);
    }

    private SurveyAnswers Survey(IRecordStore records) =>
        new(records, new CycleRecords(records, _ids), new Wakes(_process.Records), _keys, new ProgrammePool(_process.Records, _keys), _ids);

    private Task<Submission> Submit(SurveyAnswers survey, PersonId person) =>
        survey.Submit(_process.Cycle, 1, person, new SurveyAnswer(true, null), _process.Clock.Now);

    private async Task CloseAndUnseal()
    {
        await Cycles.Record(_process.Cycle, [new SurveyRound(1, Closed: true)], _process.Clock.Now);
        await Unseal();
    }

    private async Task Unseal() => await Survey(_process.Records).Unseal(await _process.Snapshot(), 1, _process.Clock.Now);

    private async Task<int> Sealed() =>
        await _process.Records.All(RowRange.StartingWith(Rows.CyclePartition(_process.Cycle), Rows.SealedAnswers)).CountAsync();

    private async Task<int> AnswersInThePool()
    {
        var name = $"pool-{(await _process.Snapshot()).KickOff.Programme}";
        var row = (await _process.Records.Find(new RecordKey(name, "sum")))!;
        var sum = SealedAnswer.Open((await _keys.Find(name))!, row["sealed"], name);
        return System.Text.Json.JsonDocument.Parse(sum).RootElement.GetProperty("sum").GetProperty("answers").GetInt32();
    }

    /// <summary>Something happens, once, between the last read and the transaction that follows it.</summary>
    private sealed class Interleaved(IRecordStore records, Func<Task> meanwhile) : IRecordStore
    {
        private bool _happened;

        public Task<Record?> Find(RecordKey key, CancellationToken cancel = default) => records.Find(key, cancel);

        public Task<RecordPage> Query(RowRange range, string? continuation = null, CancellationToken cancel = default) =>
            records.Query(range, continuation, cancel);

        public async Task<IReadOnlyList<string?>> Commit(IReadOnlyList<RecordWrite> writes, CancellationToken cancel = default)
        {
            if (!_happened)
            {
                _happened = true;
                await meanwhile();
            }

            return await records.Commit(writes, cancel);
        }
    }
}
