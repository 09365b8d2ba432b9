using Azure;
using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Security.KeyVault.Secrets;
using Cohesion.Workflows.AzureHost.Keys;
using Cohesion.Workflows.AzureHost.Records;
using Cohesion.Workflows.AzureHost.Walk;
using Cohesion.Workflows.AzureHost.Web;
using Cohesion.Workflows.Coordinators;
using Cohesion.Workflows.Graph;
using Cohesion.Workflows.Keys;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Post.Viewer;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Stages.SurveyCollection.Sealing;
using Cohesion.Workflows.Walking;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Cohesion.Workflows.AzureHost;

/// <summary>The product with the ports that Azure fills.</summary>
public static class AzureServices
{
    private const string Table = "cohesion";

    private static readonly TimeSpan AnswersWithin = TimeSpan.FromSeconds(15);

    /// <summary>The runtime gives a worker a minute to connect to it.</summary>
    private static readonly TimeSpan StartsWithin = TimeSpan.FromSeconds(30);

    /// <exception cref="AzureSettingsException">The settings are those of a deployment, which cannot send mail yet.</exception>
    public static IServiceCollection AddAzure(this IServiceCollection services, AzureSettings settings)
    {
        if (!settings.IsEmulator)
        {
            throw new AzureSettingsException("This version has no mail provider for Azure: its mail can only be looked at, by everyone who signs in. Set Cohesion__Tables to UseDevelopmentStorage=true and run it beside Azurite.");
        }

        services.AddWorkflows().AddInstallation(settings.Secret, settings.PublicUrl, settings.ApiKey);
        services.AddSingleton(TablesOf(settings).GetTableClient(Table)).AddSingleton<IRecordStore, TableRecordStore>();
        services.AddSingleton(provider => RoundKeysOf(settings, provider));
        services.AddSingleton<MailViewer>().AddSingleton<IMailSender>(provider => provider.GetRequiredService<MailViewer>());
        services.AddSingleton(settings.Quota);
        services.AddSingleton<DurableBell>().AddSingleton<IBell>(provider => provider.GetRequiredService<DurableBell>());
        if (GraphSettings.TryOf(settings.GraphOrganizer) is { } graph)
        {
            services.AddGraphCalendar(graph);
        }

        services.AddSingleton<IClock>(SystemClock.Instance);
        return services.AddSingleton<PagePipeline>();
    }

    /// <summary>Makes the table where there is none, and says the way in: the viewer's mail can only be read signed in.</summary>
    /// <exception cref="AzureSettingsException">The tables cannot be reached.</exception>
    public static async Task Prepare(this IServiceProvider services)
    {
        using var patience = new CancellationTokenSource(StartsWithin);
        try
        {
            await services.GetRequiredService<TableClient>().CreateIfNotExistsAsync(patience.Token);
        }
        catch (Exception failure) when (failure is RequestFailedException or AggregateException or AuthenticationFailedException or OperationCanceledException)
        {
            throw new AzureSettingsException($"{AzureSettings.Section}__{nameof(AzureSettings.Tables)} cannot be reached: {failure.Message} Check that the table service runs there and lets this host's identity in.");
        }

        await Console.Out.WriteLineAsync(await services.GetRequiredService<WayIn>().Say());
    }

    internal static TableClientOptions ClientOptions() => new()
    {
        Retry = { Mode = RetryMode.Exponential, MaxRetries = 5, NetworkTimeout = AnswersWithin },
        Diagnostics = { IsLoggingContentEnabled = false },
    };

    private static TableServiceClient TablesOf(AzureSettings settings) => settings.IsEmulator
        ? new TableServiceClient(settings.Tables, ClientOptions())
        : new TableServiceClient(new Uri(settings.Tables), new DefaultAzureCredential(), ClientOptions());

    private static IRoundKeys RoundKeysOf(AzureSettings settings, IServiceProvider provider) => settings.HasKeyVault
        ? new KeyVaultRoundKeys(VaultOf(settings), provider.GetRequiredService<IRecordStore>())
        : new FileRoundKeys(settings.RoundKeys);

    private static SecretClient VaultOf(AzureSettings settings) =>
        new(new Uri(settings.RoundKeys), new DefaultAzureCredential(), new SecretClientOptions { Retry = { NetworkTimeout = AnswersWithin } });
}
