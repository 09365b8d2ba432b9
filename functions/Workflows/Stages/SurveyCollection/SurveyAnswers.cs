using System.Security.Cryptography;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Stages.SurveyCollection.Sealing;
using NodaTime;

namespace Cohesion.Workflows.Stages.SurveyCollection;

/// <summary>
/// The answers of a round: sealed while it is open, figures once it has closed, and nothing else kept that could be joined to a
/// person. See docs/decisions/0004-survey-answers-are-sealed.md.
/// </summary>
public sealed class SurveyAnswers(IRecordStore records, CycleRecords cycles, Wakes wakes, IRoundKeys keys, ProgrammePool pool, IIdSource ids)
{
    private const string Sealed = "sealed";

    /// <summary>
    /// Takes a person's answer, finally: the mark that they answered, the sealed answer and the round's row in one transaction.
    /// The caller rings.
    /// </summary>
    public async Task<Submission> Submit(CycleId cycle, int round, PersonId person, SurveyAnswer answer, Instant now, CancellationToken cancel = default)
    {
        await wakes.Expect(cycle, now, cancel);
        while (await records.Find(Rows.Of(cycle, Rows.Facts + SurveyRound.RowOf(round)), cancel) is { } row && !CycleRecords.Read<SurveyRound>(row).Closed)
        {
            var mark = new SurveyAnswered(round, person, person, now);
            if (await records.Find(Rows.Of(cycle, mark), cancel) is not null)
            {
                return Submission.AnsweredBefore;
            }

            if (await TryCommit(cycle, row, mark, await Seal(cycle, round, answer, cancel), now, cancel))
            {
                return Submission.Taken;
            }
        }

        return Submission.Closed;
    }

    /// <summary>
    /// Turns a closed round's sealed answers into results. Repeated after a crash it finishes: results that stand are final, what
    /// is sealed is removed, and the key goes last.
    /// </summary>
    public async Task Unseal(Snapshot cycle, int round, Instant now, CancellationToken cancel = default)
    {
        if (cycle.Find<SurveyResults>(SurveyResults.RowOf(round)) is null)
        {
            var answers = await Open(cycle.Cycle, round, cancel);
            await pool.Join(cycle.KickOff.Programme, KeyName(cycle.Cycle, round), SurveyCounts.Of(answers), cancel);
            await ShowWords(cycle.Cycle, round, answers, cancel);
            await records.InsertIfAbsent(CycleRecords.Write(cycle.Cycle, new SurveyResults(round, SmallCells.Show(answers))), cancel);
        }

        await RemoveSealed(cycle.Cycle, round, cancel);
        await keys.Destroy(KeyName(cycle.Cycle, round), cancel);
        await cycles.Record(cycle.Cycle, [new SurveyUnsealed(round, now)], now, cancel);
    }

    private static string KeyName(CycleId cycle, int round) => $"{cycle}-{round:00}";

    private static RowRange SealedRows(CycleId cycle, int round) => RowRange.StartingWith(Rows.CyclePartition(cycle), $"{Rows.SealedAnswers}{round:00}.");

    private async Task<Record> Seal(CycleId cycle, int round, SurveyAnswer answer, CancellationToken cancel)
    {
        var name = KeyName(cycle, round);
        var text = SealedAnswer.Seal(await keys.FindOrCreate(name, cancel), Json.Write(answer), name);
        return Record.Of(Rows.Of(cycle, $"{Rows.SealedAnswers}{round:00}.{ids.New()}"), (Sealed, text));
    }

    private async Task<bool> TryCommit(CycleId cycle, Record round, SurveyAnswered mark, Record answer, Instant now, CancellationToken cancel)
    {
        try
        {
            await records.Commit(
                [new RecordWrite.Replace(round, round.ETag!), .. cycles.RecordWrites(cycle, [mark], now), new RecordWrite.Insert(answer)], cancel);
            return true;
        }
        catch (RecordConflictException)
        {
            return false;
        }
    }

    private async Task<List<SurveyAnswer>> Open(CycleId cycle, int round, CancellationToken cancel)
    {
        var rows = await records.All(SealedRows(cycle, round), cancel).ToListAsync(cancel);
        if (rows.Count == 0)
        {
            return [];
        }

        var name = KeyName(cycle, round);
        var key = await keys.Find(name, cancel) ?? throw new CryptographicException($"The key of survey round {name} is gone; its answers cannot be opened.");
        return [.. rows.Select(row => Json.Read<SurveyAnswer>(SealedAnswer.Open(key, row[Sealed], name)))];
    }

    /// <summary>Before the results stand: as long as they do not, the same texts are written again.</summary>
    private async Task ShowWords(CycleId cycle, int round, List<SurveyAnswer> answers, CancellationToken cancel)
    {
        var texts = SurveyQuestions.InWords.SelectMany(question =>
            SmallCells.ShowWords(answers, question).Select((text, i) => new SurveyText(round, question, i + 1, text)));
        foreach (var chunk in texts.Chunk(RecordLimits.WritesPerTransaction))
        {
            await records.Commit([.. chunk.Select(text => new RecordWrite.Put(CycleRecords.Write(cycle, text)))], cancel);
        }
    }

    private async Task RemoveSealed(CycleId cycle, int round, CancellationToken cancel)
    {
        var rows = await records.All(SealedRows(cycle, round), cancel).ToListAsync(cancel);
        foreach (var chunk in rows.Chunk(RecordLimits.WritesPerTransaction))
        {
            await records.Commit([.. chunk.Select(row => new RecordWrite.Delete(row.Key, null))], cancel);
        }
    }
}

/// <summary>What became of a submitted answer.</summary>
public enum Submission
{
    Taken,

    /// <summary>The person had answered; the first answer stands.</summary>
    AnsweredBefore,

    /// <summary>The round has closed; nothing was kept.</summary>
    Closed,
}
