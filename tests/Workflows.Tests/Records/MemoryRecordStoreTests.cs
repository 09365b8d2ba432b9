using Cohesion.Workflows.Records;
using Cohesion.Workflows.Testing;

namespace Cohesion.Workflows.Tests.Records;

public sealed class MemoryRecordStoreTests : RecordStoreCompliance
{
    protected override IRecordStore Store { get; } = new MemoryRecordStore();
}
