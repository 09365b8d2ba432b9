using Cohesion.Workflows;
using Cohesion.Workflows.AzureHost;
using Cohesion.Workflows.AzureHost.Upkeep;
using Cohesion.Workflows.Keeping;
using Cohesion.Workflows.Programmes;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

try
{
    Machine.Prepare();
    if (MoveCommands.AreAsked(args))
    {
        return await MoveCommands.Run(args);
    }

    var builder = FunctionsApplication.CreateBuilder(args);
    builder.ConfigureFunctionsWebApplication();
    builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Cohesion.Workflows", LogLevel.Information);
    builder.Services.AddAzure(await AzureServices.Prepare(AzureSettings.From(builder.Configuration)));
    builder.Services.AddAzureTelemetry(builder.Configuration);
    var app = builder.Build();
    await app.Services.Welcome(Console.Out);
    await app.RunAsync();
    return 0;
}
catch (Exception wrong) when (wrong is AzureSettingsException or ProgrammeException or MachineException or RecordLinesException)
{
    await Console.Error.WriteLineAsync(wrong.Message);
    return 1;
}
