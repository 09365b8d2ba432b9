using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Stages.SurveyCollection.Sealing;

namespace Cohesion.Workflows.Stages.SurveyCollection;

/// <summary>
/// The sum of a programme's closed rounds: one sealed row, so that no round can be told from another in it. A round of few
/// answers counts in it once others are there. See docs/decisions/0004-survey-answers-are-sealed.md.
/// </summary>
public sealed class ProgrammePool(IRecordStore records, IRoundKeys keys)
{
    private const string Sealed = "sealed";

    /// <summary>Adds a round, once. A sum that would stay small is not kept: it would be the round itself.</summary>
    public async Task Join(string programme, string round, SurveyCounts counts, CancellationToken cancel = default)
    {
        var name = $"pool-{programme}";
        var key = await keys.FindOrCreate(name, cancel);
        var mark = IdText.Of(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(round)).AsSpan(0, 8));
        var isIn = false;
        while (!isIn)
        {
            var row = await records.Find(new RecordKey(name, "sum"), cancel);
            var pool = row is null ? Pool.Empty : Json.Read<Pool>(SealedAnswer.Open(key, row[Sealed], name));
            var next = pool.Plus(counts, mark);
            isIn = pool.Rounds.Contains(mark) || next.Sum.Answers < SmallCells.Small || await TryWrite(name, key, next, row, cancel);
        }
    }

    private async Task<bool> TryWrite(string name, byte[] key, Pool pool, Record? before, CancellationToken cancel)
    {
        var record = Record.Of(new RecordKey(name, "sum"), (Sealed, SealedAnswer.Seal(key, Json.Write(pool), name)));
        try
        {
            await records.Commit([before is null ? new RecordWrite.Insert(record) : new RecordWrite.Replace(record, before.ETag!)], cancel);
            return true;
        }
        catch (RecordConflictException)
        {
            return false;
        }
    }

    /// <param name="Sum">Of all rounds that joined.</param>
    /// <param name="Rounds">Which did, by a mark that leads to no round without the pool's key.</param>
    private sealed record Pool(SurveyCounts Sum, ImmutableList<string> Rounds)
    {
        public static Pool Empty { get; } = new(new SurveyCounts(0, 0, 0, 0, 0), []);

        public Pool Plus(SurveyCounts counts, string mark) => new(Sum.Plus(counts), Rounds.Add(mark));
    }
}

/// <summary>How many said what to each question.</summary>
/// <remarks>The later questions are 0 in what was counted before they were asked: their shares are of those who said yes or no to them.</remarks>
public sealed record SurveyCounts(
    int Answers,
    int FacilitationYes,
    int FacilitationNo,
    int MoreYes,
    int MoreNo,
    int ObjectivesYes = 0,
    int ObjectivesNo = 0,
    int FreeOfBiasYes = 0,
    int FreeOfBiasNo = 0)
{
    public static SurveyCounts Of(IReadOnlyCollection<SurveyAnswer> answers) => new(
        answers.Count,
        answers.Count(answer => answer.LocalFacilitationValued == true),
        answers.Count(answer => answer.LocalFacilitationValued == false),
        answers.Count(answer => answer.WantsMoreSessions == true),
        answers.Count(answer => answer.WantsMoreSessions == false),
        answers.Count(answer => answer.ObjectivesMet == true),
        answers.Count(answer => answer.ObjectivesMet == false),
        answers.Count(answer => answer.FreeOfBias == true),
        answers.Count(answer => answer.FreeOfBias == false));

    public SurveyCounts Plus(SurveyCounts more) => new(
        Answers + more.Answers,
        FacilitationYes + more.FacilitationYes,
        FacilitationNo + more.FacilitationNo,
        MoreYes + more.MoreYes,
        MoreNo + more.MoreNo,
        ObjectivesYes + more.ObjectivesYes,
        ObjectivesNo + more.ObjectivesNo,
        FreeOfBiasYes + more.FreeOfBiasYes,
        FreeOfBiasNo + more.FreeOfBiasNo);
}
