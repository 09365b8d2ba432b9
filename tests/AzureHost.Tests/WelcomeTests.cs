using Cohesion.Workflows.AzureHost.Tests.Storage;
using Cohesion.Workflows.Coordinators.Access;
using Microsoft.Extensions.DependencyInjection;

namespace Cohesion.Workflows.AzureHost.Tests;

public sealed class WelcomeTests(Azurite azurite)
{
    [Fact]
    public async Task Where_mail_is_sent_the_log_holds_the_way_in_only_until_somebody_has_set_up()
    {
        await using var services = await Installed(mail: new Uri("https://cohesion.canada.communication.azure.com"));
        (await Said(services)).ShouldContain("/set-up/");
        await SetUp(services);
        (await Said(services)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Where_mail_can_be_looked_at_only_the_log_holds_the_way_in_each_time()
    {
        await using var services = await Installed(mail: null);
        await SetUp(services);
        (await Said(services)).ShouldContain("/sign-in/");
    }

    private async Task<ServiceProvider> Installed(Uri? mail)
    {
        var settings = new AzureSettings("UseDevelopmentStorage=true", new Uri("https://cohesion.example"), new byte[32], "round-keys")
        {
            MailEndpoint = mail,
            MailFrom = "sessions@division.example",
        };
        return new ServiceCollection().AddLogging().AddAzure(settings).AddSingleton(await azurite.NewTable()).BuildServiceProvider();
    }

    private static async Task SetUp(IServiceProvider services) =>
        await services.GetRequiredService<AccountList>().AddFirst("Robin Marsh", "robin@division.example", "America/Vancouver");

    private static async Task<string> Said(IServiceProvider services)
    {
        await using var log = new StringWriter();
        await services.Welcome(log);
        return log.ToString();
    }
}
