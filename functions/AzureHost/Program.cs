using Azure.Data.Tables;
using Cohesion.Workflows.AzureHost;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Programmes;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

try
{
    CommunityDays.CheckData();
    var builder = FunctionsApplication.CreateBuilder(args);
    builder.ConfigureFunctionsWebApplication();
    builder.Services.AddAzure(AzureSettings.From(builder.Configuration));
    var app = builder.Build();
    await app.Services.GetRequiredService<TableClient>().CreateIfNotExistsAsync();
    await app.Services.SayHowToSetUp();
    await app.RunAsync();
    return 0;
}
catch (Exception wrong) when (wrong is AzureSettingsException or ProgrammeException or TimeZoneDataException)
{
    await Console.Error.WriteLineAsync(wrong.Message);
    return 1;
}
