using Cohesion.Workflows.Records;

namespace Cohesion.Workflows.Testing;

/// <summary>The record store as one process sees it: its transactions are steps at which it can die, and others get in between.</summary>
/// <param name="records">What all processes share.</param>
/// <param name="life">Of this process.</param>
/// <param name="meanwhile">Happens before each operation.</param>
/// <param name="isRepeated">
/// Whether the reply to the next transaction is lost and its client sends it again, as that of Table Storage does by itself: what it
/// then says of it may be a conflict with its own first writing.
/// </param>
public sealed class FaultyRecordStore(IRecordStore records, Lifetime life, Func<Task> meanwhile, Func<bool>? isRepeated = null) : IRecordStore
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
        return await life.Step(async () =>
        {
            var etags = await records.Commit(writes, cancel);
            return isRepeated?.Invoke() == true ? await records.Commit(writes, cancel) : etags;
        });
    }

    private Task BeforeOperation()
    {
        life.MustLive();
        return meanwhile();
    }
}
