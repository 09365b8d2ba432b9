using Azure.Data.Tables;
using Cohesion.Workflows.AzureHost.Records;
using Cohesion.Workflows.AzureHost.Tests.Storage;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Testing;

namespace Cohesion.Workflows.AzureHost.Tests.Records;

public sealed class TableRecordStoreTests(Azurite azurite) : RecordStoreCompliance, IAsyncLifetime
{
    private TableClient _table = null!;

    protected override IRecordStore Store => new TableRecordStore(_table);

    public async ValueTask InitializeAsync() => _table = await azurite.NewTable();

    public async ValueTask DisposeAsync() => await _table.DeleteAsync();
}
