using Cohesion.Workflows.Post;
using Cohesion.Workflows.Post.Viewer;
using Cohesion.Workflows.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Cohesion.Workflows.AzureHost.Tests;

public sealed class AzureSettingsTests
{
    private static readonly Dictionary<string, string?> OnAzure = new(StringComparer.Ordinal)
    {
        ["Cohesion:Tables"] = "https://cohesion.table.core.windows.net",
        ["Cohesion:PublicUrl"] = "https://cohesion.example",
        ["Cohesion:Secret"] = Convert.ToBase64String(new byte[32]),
        ["Cohesion:RoundKeys"] = "https://cohesion.vault.azure.net",
        ["Cohesion:MailEndpoint"] = "https://cohesion.canada.communication.azure.com",
        ["Cohesion:MailFrom"] = "sessions@division.example",
    };

    [Fact]
    public void On_Azure_no_setting_is_a_key_to_the_storage()
    {
        var settings = Read(OnAzure);
        (settings.IsEmulator, settings.PublicUrl.Host, settings.Secret.Length).ShouldBe((false, "cohesion.example", 32));
    }

    [Theory]
    [InlineData("UseDevelopmentStorage=true")]
    [InlineData("DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=Key;TableEndpoint=http://127.0.0.1:10002/devstoreaccount1;")]
    public void Beside_the_emulator_the_round_keys_may_stand_in_a_folder_and_pages_go_without_tls(string tables)
    {
        var settings = Read(With(("Tables", tables), ("PublicUrl", "http://localhost:7071"), ("RoundKeys", "round-keys")));
        settings.IsEmulator.ShouldBeTrue();
    }

    [Fact]
    public void Beside_the_emulator_the_round_keys_may_stand_in_a_vault_too() => Read(With(("Tables", "UseDevelopmentStorage=true"))).HasKeyVault.ShouldBeTrue();

    [Fact]
    public void Where_a_vault_keeps_the_installations_secret_no_setting_holds_it() => Read(With(("Secret", ""))).KeepsSecret.ShouldBeTrue();

    [Fact]
    public void Mail_goes_out_no_faster_than_is_careful_unless_a_setting_says_otherwise()
    {
        Read(OnAzure).Quota.ShouldBe(MailQuota.Careful);
        Read(With(("MailPerMinute", "5"), ("MailPerHour", "0"))).Quota.ShouldBe(new MailQuota(5, null));
        Read(Emulated()).Quota.ShouldBe(MailQuota.None);
    }

    [Fact]
    public void Beside_the_emulator_mail_can_be_looked_at() =>
        new ServiceCollection().AddAzure(Read(Emulated())).ShouldContain(service => service.ServiceType == typeof(MailViewer));

    [Fact]
    public async Task A_table_service_that_cannot_be_reached_is_named_as_the_host_starts()
    {
        var nobody = $"DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=AAAA;TableEndpoint=http://127.0.0.1:{FreePort.Find()}/devstoreaccount1;";
        var wrong = await Should.ThrowAsync<AzureSettingsException>(() => AzureServices.Prepare(Read(With(("Tables", nobody)))));
        wrong.Message.ShouldStartWith("Cohesion__Tables cannot be reached: ");
    }

    [Theory]
    [InlineData("Tables", "DefaultEndpointsProtocol=https;AccountName=ours;AccountKey=Key;EndpointSuffix=core.windows.net")]
    [InlineData("Tables", "http://cohesion.table.core.windows.net")]
    [InlineData("Tables", "")]
    [InlineData("PublicUrl", "http://cohesion.example")]
    [InlineData("PublicUrl", "https://cohesion.example/path")]
    [InlineData("PublicUrl", "cohesion.example")]
    [InlineData("Secret", "too short")]
    [InlineData("Secret", "AAAA")]
    [InlineData("RoundKeys", "round-keys")]
    [InlineData("RoundKeys", "")]
    [InlineData("MailEndpoint", "")]
    [InlineData("MailEndpoint", "http://cohesion.canada.communication.azure.com")]
    [InlineData("MailFrom", "")]
    [InlineData("MailFrom", "Sessions")]
    [InlineData("MailFrom", "Sessions <sessions@division.example>")]
    [InlineData("MailFrom", "sessions@division")]
    [InlineData("GraphOrganizer", "the division")]
    [InlineData("MailPerMinute", "many")]
    [InlineData("MailPerHour", "-1")]
    public void What_cannot_be_used_is_named_with_what_to_do(string name, string value)
    {
        var wrong = Should.Throw<AzureSettingsException>(() => Read(With((name, value))));
        wrong.Message.Split(Environment.NewLine).ShouldHaveSingleItem().ShouldStartWith($"Cohesion__{name} is not {(value.Length == 0 ? "set" : "usable")}. Give");
    }

    [Fact]
    public void Everything_that_is_missing_is_named_at_once() =>
        Should.Throw<AzureSettingsException>(() => Read([])).Message.Split(Environment.NewLine).Length.ShouldBe(4);

    private static Dictionary<string, string?> Emulated() =>
        With(("Tables", "UseDevelopmentStorage=true"), ("RoundKeys", "round-keys"), ("MailEndpoint", ""), ("MailFrom", ""));

    private static Dictionary<string, string?> With(params (string Name, string Value)[] changed)
    {
        var settings = new Dictionary<string, string?>(OnAzure, StringComparer.Ordinal);
        foreach (var (name, value) in changed)
        {
            settings[$"Cohesion:{name}"] = value;
        }

        return settings;
    }

    private static AzureSettings Read(Dictionary<string, string?> settings) =>
        AzureSettings.From(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
}
