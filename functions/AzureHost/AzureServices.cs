using Azure;
using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Security.KeyVault.Secrets;
using Cohesion.Workflows.AzureHost.Keys;
#if COMMUNICATION_SERVICES
using Cohesion.Workflows.AzureHost.Mailing;
#endif
using Cohesion.Workflows.AzureHost.Records;
using Cohesion.Workflows.AzureHost.Upkeep;
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

    /// <summary>The vault's name for what signs links and wraps the Data Protection keys; an open survey's are named after its cycle.</summary>
    internal const string SecretName = "installation";

    private static readonly TimeSpan AnswersWithin = TimeSpan.FromSeconds(15);

    /// <summary>The runtime gives a worker a minute to connect to it.</summary>
    private static readonly TimeSpan StartsWithin = TimeSpan.FromSeconds(30);

    /// <param name="services">The host's.</param>
    /// <param name="settings">Its settings, with the secret that <see cref="Prepare"/> gave them.</param>
    public static IServiceCollection AddAzure(this IServiceCollection services, AzureSettings settings)
    {
        services.AddWorkflows().AddInstallation(settings.Secret, settings.PublicUrl, settings.ApiKey);
        services.AddSingleton(TablesOf(settings).GetTableClient(Table)).AddSingleton<IRecordStore, TableRecordStore>();
        services.AddSingleton(provider => RoundKeysOf(settings, provider.GetRequiredService<IRecordStore>()));
        services.AddMail(settings);
        services.AddSingleton(settings.Quota);
        services.AddSingleton<DurableBell>().AddSingleton<IBell>(provider => provider.GetRequiredService<DurableBell>());
        if (GraphSettings.TryOf(settings.GraphOrganizer) is { } graph)
        {
            services.AddGraphCalendar(graph);
        }

        services.AddSingleton<IClock>(SystemClock.Instance);
        return services.AddSingleton<PagePipeline>();
    }

    /// <summary>Makes the table where there is none, and the installation's secret where the key vault is to keep one.</summary>
    /// <exception cref="AzureSettingsException">The tables or the vault cannot be reached.</exception>
    public static async Task<AzureSettings> Prepare(AzureSettings settings, CancellationToken cancel = default)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(StartsWithin);
        var table = TablesOf(settings).GetTableClient(Table);
        await Reach(nameof(AzureSettings.Tables), () => table.CreateIfNotExistsAsync(patience.Token));
        if (!settings.KeepsSecret)
        {
            return settings;
        }

        var keys = new KeyVaultRoundKeys(VaultOf(settings), new TableRecordStore(table));
        return settings with { Secret = await Reach(nameof(AzureSettings.RoundKeys), () => keys.FindOrCreate(SecretName, patience.Token)) };
    }

    /// <param name="settings">Those that <see cref="Prepare"/> returned.</param>
    internal static Move MoveOf(AzureSettings settings)
    {
        var records = new TableRecordStore(TablesOf(settings).GetTableClient(Table));
        return new Move(records, RoundKeysOf(settings, records), settings.Secret, settings.KeepsSecret);
    }

    /// <summary>Says the way in, until somebody has set up; later only where mail is not sent: on Azure more people read the log than may sign in.</summary>
    public static async Task Welcome(this IServiceProvider services, TextWriter log)
    {
        var wayIn = services.GetRequiredService<WayIn>();
        if (!(await wayIn.Find()).IsSetUp || services.GetService<MailViewer>() is not null)
        {
            await log.WriteLineAsync(await wayIn.Say());
        }
    }

    private static async Task<T> Reach<T>(string setting, Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception failure) when (failure is RequestFailedException or AggregateException or AuthenticationFailedException or OperationCanceledException)
        {
            throw new AzureSettingsException($"{AzureSettings.Section}__{setting} cannot be reached: {failure.Message} Check that the service runs there and lets this host's identity in.");
        }
    }

    /// <summary>Beside the emulator mail can be looked at, by everyone who signs in.</summary>
    private static void AddMail(this IServiceCollection services, AzureSettings settings)
    {
        if (settings.MailEndpoint is not { } endpoint)
        {
            services.AddMailViewer(Console.Out);
            return;
        }

#if COMMUNICATION_SERVICES
        services.AddAcsMail(endpoint, settings.MailFrom);
#else
        throw new AzureSettingsException($"{AzureSettings.Section}__{nameof(AzureSettings.MailEndpoint)} is {endpoint}, and this host was built without Azure Communication Services. Build it with them.");
#endif
    }

    internal static TableClientOptions ClientOptions() => new()
    {
        Retry = { Mode = RetryMode.Exponential, MaxRetries = 5, NetworkTimeout = AnswersWithin },
        Diagnostics = { IsLoggingContentEnabled = false },
    };

    private static TableServiceClient TablesOf(AzureSettings settings) => settings.IsEmulator
        ? new TableServiceClient(settings.Tables, ClientOptions())
        : new TableServiceClient(new Uri(settings.Tables), new DefaultAzureCredential(), ClientOptions());

    private static IRoundKeys RoundKeysOf(AzureSettings settings, IRecordStore records) => settings.HasKeyVault
        ? new KeyVaultRoundKeys(VaultOf(settings), records)
        : new FileRoundKeys(settings.RoundKeys);

    private static SecretClient VaultOf(AzureSettings settings) =>
        new(new Uri(settings.RoundKeys), new DefaultAzureCredential(), new SecretClientOptions { Retry = { NetworkTimeout = AnswersWithin } });
}
