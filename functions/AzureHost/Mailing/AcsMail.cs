using Azure.Communication.Email;
using Azure.Identity;
using Cohesion.Workflows.Post;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cohesion.Workflows.AzureHost.Mailing;

/// <summary>Puts Azure Communication Services into the host.</summary>
internal static class AcsMail
{
    private static readonly TimeSpan AnswersWithin = TimeSpan.FromSeconds(30);

    public static IServiceCollection AddAcsMail(this IServiceCollection services, Uri endpoint, string from)
    {
        services.AddSingleton(provider => new AcsMailSender(
            new EmailClient(endpoint, new DefaultAzureCredential(), Options()), from, provider.GetRequiredService<ILogger<AcsMailSender>>()));
        services.AddSingleton<IMailSender>(provider => provider.GetRequiredService<AcsMailSender>());
        return services.AddSingleton<IDeliveryStatus>(provider => provider.GetRequiredService<AcsMailSender>());
    }

    /// <summary>The library's own retries are left out: the post asks for an operation before it sends it again, and keeps the pace for all.</summary>
    internal static EmailClientOptions Options() => new(EmailClientOptions.ServiceVersion.V2023_03_31)
    {
        Retry = { MaxRetries = 0, NetworkTimeout = AnswersWithin },
        Diagnostics = { IsLoggingContentEnabled = false },
    };
}
