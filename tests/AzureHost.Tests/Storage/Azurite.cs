using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Azure.Data.Tables;
using Cohesion.Workflows.AzureHost.Tests.Storage;
using Cohesion.Workflows.Testing;

[assembly: AssemblyFixture(typeof(Azurite))]

namespace Cohesion.Workflows.AzureHost.Tests.Storage;

/// <summary>The emulator of Azure Table Storage, on a free port and in a folder of its own, while the tests run.</summary>
public sealed class Azurite : IAsyncLifetime
{
    /// <summary>Azurite's well-known account, which opens nothing else.</summary>
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private static readonly TimeSpan StartsWithin = TimeSpan.FromMinutes(1);

    private readonly string _folder = Directory.CreateTempSubdirectory("azurite-").FullName;
    private readonly int _port = FreePort.Find();
    private Process? _process;

    public string ConnectionString =>
        $"DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey={Key};TableEndpoint=http://127.0.0.1:{_port}/devstoreaccount1;";

    /// <summary>A table that nobody else has.</summary>
    public async Task<TableClient> NewTable(TableClientOptions? options = null)
    {
        var table = new TableServiceClient(ConnectionString, options ?? AzureServices.ClientOptions()).GetTableClient($"t{Guid.NewGuid():N}");
        await table.CreateAsync();
        return table;
    }

    public async ValueTask InitializeAsync()
    {
        var program = Repository.PathOf("tests/AzureHost.Tests/node_modules/azurite/dist/src/table/main.js");
        if (!File.Exists(program))
        {
            throw new InvalidOperationException("Azurite is not installed: run 'npm install' in tests/AzureHost.Tests.");
        }

        _process = Process.Start(new ProcessStartInfo("node")
        {
            ArgumentList = { program, "--silent", "--skipApiVersionCheck", "--disableTelemetry", "--location", _folder, "--tableHost", "127.0.0.1", "--tablePort", $"{_port}" },
        })!;
        await Listens();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private async Task Listens()
    {
        using var patience = new CancellationTokenSource(StartsWithin);
        while (!await Answers(patience.Token))
        {
            await Task.Delay(50, patience.Token);
        }
    }

    private async Task<bool> Answers(CancellationToken cancel)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, _port, cancel);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
