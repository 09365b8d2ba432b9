using System.Globalization;
using System.Net.Mail;
using Cohesion.Workflows.Graph;
using Cohesion.Workflows.Post;
using Microsoft.Extensions.Configuration;

namespace Cohesion.Workflows.AzureHost;

/// <summary>What an installation on Azure is told by its application settings, checked.</summary>
/// <param name="Tables">Cohesion:Tables, where the records stand: the table service's address, or the emulator's connection string.</param>
/// <param name="PublicUrl">Cohesion:PublicUrl, under which people reach the pages.</param>
/// <param name="Secret">Cohesion:Secret, which signs links and wraps the Data Protection keys: 32 bytes or more in base64; empty where the key vault keeps one.</param>
/// <param name="RoundKeys">Cohesion:RoundKeys, where the keys of open surveys stand: a key vault's address; a folder beside the emulator.</param>
/// <param name="ApiKey">Cohesion:ApiKey, what programs show that use the API; null where there is none.</param>
public sealed record AzureSettings(string Tables, Uri PublicUrl, byte[] Secret, string RoundKeys, string? ApiKey = null)
{
    public const string Section = "Cohesion";

    private const string PerMinute = "MailPerMinute";
    private const string PerHour = "MailPerHour";
    internal const int SecretBytes = 32;

    /// <summary>Cohesion:MailPerMinute and Cohesion:MailPerHour, how many mails the provider takes; 0 for as many as there are.</summary>
    public MailQuota Quota { get; init; } = MailQuota.None;

    /// <summary>Cohesion:MailEndpoint, the address of Azure Communication Services; null beside the emulator, where mail can be looked at only.</summary>
    public Uri? MailEndpoint { get; init; }

    /// <summary>Cohesion:MailFrom, the address that mail comes from: one of the service's own.</summary>
    public string MailFrom { get; init; } = "";

    /// <summary>Cohesion:GraphOrganizer, the mailbox in Microsoft 365 whose calendar holds the sessions; "" where mail carries them.</summary>
    public string GraphOrganizer { get; init; } = "";

    /// <summary>Azurite takes its well-known account by a connection string; on Azure there is none, the host's identity is let in.</summary>
    public bool IsEmulator => !IsHttps(Tables);

    public bool HasKeyVault => IsHttps(RoundKeys);

    /// <summary>Whether the secret is one that the key vault keeps.</summary>
    public bool KeepsSecret { get; init; }

    /// <exception cref="AzureSettingsException">Settings are missing or wrong; each is named.</exception>
    public static AzureSettings From(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        var apiKey = Read(section, nameof(ApiKey)) is { Length: > 0 } key ? key : null;
        var mail = Read(section, nameof(MailEndpoint)).Length > 0 ? ReadUrl(section, nameof(MailEndpoint)) : null;
        var settings = new AzureSettings(Read(section, nameof(Tables)), ReadUrl(section, nameof(PublicUrl)), ReadSecret(section), Read(section, nameof(RoundKeys)), apiKey)
        {
            KeepsSecret = Read(section, nameof(Secret)).Length == 0,
            MailEndpoint = mail,
            MailFrom = Read(section, nameof(MailFrom)),
            GraphOrganizer = Read(section, nameof(GraphOrganizer)),
            Quota = MailQuota.Of(ReadLimit(section, PerMinute), ReadLimit(section, PerHour), otherwise: mail is null ? MailQuota.None : MailQuota.Careful),
        };
        var wrong = settings.Wrong().Select(one => $"{Section}__{one.Name} is {(Read(section, one.Name).Length == 0 ? "not set" : "not usable")}. {one.Advice}").ToList();
        return wrong.Count == 0 ? settings : throw new AzureSettingsException(string.Join(Environment.NewLine, wrong));
    }

    private IEnumerable<(string Name, string Advice)> Wrong()
    {
        if (!IsHttps(Tables) && !IsEmulators(Tables))
        {
            yield return (nameof(Tables), "Give the table service's address such as https://NAME.table.core.windows.net, or UseDevelopmentStorage=true for Azurite.");
        }

        if (PublicUrl.PathAndQuery != "/" || (PublicUrl.Scheme != "https" && !(PublicUrl.Scheme == "http" && PublicUrl.IsLoopback)))
        {
            yield return (nameof(PublicUrl), "Give the https address under which people reach the pages, such as https://cohesion.example; http only for this machine.");
        }

        if (Secret.Length < SecretBytes && !(KeepsSecret && HasKeyVault))
        {
            yield return (nameof(Secret), $"Give {SecretBytes} random bytes or more in base64, as 'openssl rand -base64 {SecretBytes}' prints them; or leave it out where Cohesion__RoundKeys is a key vault, which keeps one then.");
        }

        if (ApiKey is { Length: < Workflows.Web.ApiKey.ShortestLength })
        {
            yield return (nameof(ApiKey), $"Give {Workflows.Web.ApiKey.ShortestLength} characters or more, as 'openssl rand -hex 32' prints them, or leave it out.");
        }

        if (!IsEmulator && MailEndpoint is null || MailEndpoint is not null && !IsHttps(MailEndpoint.AbsoluteUri))
        {
            yield return (nameof(MailEndpoint), "Give the address of Azure Communication Services such as https://NAME.canada.communication.azure.com.");
        }

        if (MailEndpoint is not null && !IsAddress(MailFrom))
        {
            yield return (nameof(MailFrom), "Give the address that mail comes from, one of the mail service's own such as sessions@division.example.");
        }

        if (GraphOrganizer.Length > 0 && GraphSettings.TryOf(GraphOrganizer) is null)
        {
            yield return (nameof(GraphOrganizer), "Give the address of the mailbox whose calendar holds the sessions, such as sessions@division.example, or leave it out.");
        }

        if (Quota.PerMinute < 0)
        {
            yield return (PerMinute, "Give how many mails the provider takes in a minute, 0 for no limit, or leave it out.");
        }

        if (Quota.PerHour < 0)
        {
            yield return (PerHour, "Give how many mails the provider takes in an hour, 0 for no limit, or leave it out.");
        }

        if (!HasKeyVault && !(RoundKeys.Length > 0 && IsEmulators(Tables)))
        {
            yield return (nameof(RoundKeys), "Give the key vault's address such as https://NAME.vault.azure.net; beside Azurite a folder will do.");
        }
    }

    private static string Read(IConfigurationSection section, string name) => section[name] ?? "";

    private static Uri ReadUrl(IConfigurationSection section, string name) =>
        Uri.TryCreate(Read(section, name), UriKind.Absolute, out var url) ? url : new Uri("none:/none");

    private static byte[] ReadSecret(IConfigurationSection section)
    {
        var text = Read(section, nameof(Secret));
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : [];
    }

    /// <summary>Null where it is left out; below 0 where it is no number.</summary>
    private static int? ReadLimit(IConfigurationSection section, string name) =>
        Read(section, name) is not { Length: > 0 } text ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var mails) ? mails
        : -1;

    private static bool IsAddress(string value) =>
        MailAddress.TryCreate(value, out var address) && address.Address == value && address.Host.Contains('.', StringComparison.Ordinal);

    private static bool IsHttps(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var url) && url.Scheme == "https" && url.PathAndQuery == "/";

    private static bool IsEmulators(string value) =>
        value == "UseDevelopmentStorage=true" || value.Contains("AccountName=devstoreaccount1;", StringComparison.Ordinal);
}

/// <summary>Settings cannot be used: the message says which, and what to do, a line each.</summary>
public sealed class AzureSettingsException(string reasons) : Exception(reasons);
