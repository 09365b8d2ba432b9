using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Security.KeyVault.Secrets;
using Cohesion.Workflows.AzureHost.Keys;
using Cohesion.Workflows.AzureHost.Records;
using Cohesion.Workflows.AzureHost.Walk;
using Cohesion.Workflows.AzureHost.Web;
using Cohesion.Workflows.Coordinators;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Keys;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Post.Viewer;
using Cohesion.Workflows.Programmes;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Stages.SurveyCollection.Sealing;
using Cohesion.Workflows.Walking;
using Cohesion.Workflows.Web;
using Cohesion.Workflows.Web.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Cohesion.Workflows.AzureHost;

/// <summary>The product with the ports that Azure fills.</summary>
public static class AzureServices
{
    private const string Table = "cohesion";

    public static IServiceCollection AddAzure(this IServiceCollection services, AzureSettings settings)
    {
        services.AddWorkflows();
        services.AddSingleton(new SignedLinks(settings.Secret)).AddSingleton(new WrappingKey(settings.Secret));
        services.AddSingleton(new PublicAddress(settings.PublicUrl));
        services.AddSingleton(ProgrammeFiles.Load(Path.Combine(AppContext.BaseDirectory, "Programmes")));
        services.AddSingleton(TablesOf(settings).GetTableClient(Table)).AddSingleton<IRecordStore, TableRecordStore>();
        services.AddSingleton(provider => RoundKeysOf(settings, provider));
        services.AddSingleton<MailViewer>().AddSingleton<IMailSender>(provider => provider.GetRequiredService<MailViewer>());
        services.AddSingleton<DurableBell>().AddSingleton<IBell>(provider => provider.GetRequiredService<DurableBell>());
        services.AddSingleton<IIdSource, RandomIds>().AddSingleton<IClock>(SystemClock.Instance);
        return services.AddSingleton<PagePipeline>();
    }

    /// <summary>Until there is a coordinator, nobody can sign in: the log says where the first one sets up.</summary>
    public static async Task SayHowToSetUp(this IServiceProvider services)
    {
        if (await services.GetRequiredService<CoordinatorList>().IsEmpty())
        {
            var link = services.GetRequiredService<Links>().ToSetUp(services.GetRequiredService<IClock>().GetCurrentInstant());
            await Console.Out.WriteLineAsync($"Set up the first coordinator: {link}");
        }
    }

    internal static TableClientOptions ClientOptions() => new()
    {
        Retry = { Mode = RetryMode.Exponential, MaxRetries = 5, NetworkTimeout = TimeSpan.FromSeconds(15) },
        Diagnostics = { IsLoggingContentEnabled = false },
    };

    private static TableServiceClient TablesOf(AzureSettings settings) => settings.IsEmulator
        ? new TableServiceClient(settings.Tables, ClientOptions())
        : new TableServiceClient(new Uri(settings.Tables), new DefaultAzureCredential(), ClientOptions());

    private static IRoundKeys RoundKeysOf(AzureSettings settings, IServiceProvider provider) => settings.IsEmulator
        ? new FileRoundKeys(settings.RoundKeys)
        : new KeyVaultRoundKeys(new SecretClient(new Uri(settings.RoundKeys), new DefaultAzureCredential()), provider.GetRequiredService<IRecordStore>());
}
