using Cohesion.Workflows.Records;

namespace Cohesion.Workflows.Testing;

/// <summary>The record store as one process sees it: its transactions are steps at which it can die, and others get in between.</summary>
/// <param name="records">What all processes share.</param>
/// <param name="life">Of this process.</param>
/// <param name="meanwhile">Happens before each operation.</param>
public sealed class FaultyRecordStore(IRecordStore records, Lifetime life, Func<Task> meanwhile) : IRecordStore
{
    public async Task<Record?> Find(RecordKey key, CancellationToken cancel = default)
    {
        await BeforeOperation();
        return await records.Find(key, cancel);
    }

    public async Task<RecordPage> Query(RowRange range, string? continuation = null, CancellationToken cancel = default)
    {
        await BeforeOperation();
        return await records.Query(range, continuation, cancel);
    }

    public async Task<IReadOnlyList<string?>> Commit(IReadOnlyList<RecordWrite> writes, CancellationToken cancel = default)
    {
        await BeforeOperation();
        return await life.Step(() => records.Commit(writes, cancel));
    }

    private Task BeforeOperation()
    {
        life.MustLive();
        return meanwhile();
    }
}
