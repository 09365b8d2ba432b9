using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;

namespace Cohesion.Workflows.AzureHost;

/// <summary>What an installation on Azure is told by its application settings, checked.</summary>
/// <param name="Tables">Cohesion:Tables, where the records stand: the table service's address, or the emulator's connection string.</param>
/// <param name="PublicUrl">Cohesion:PublicUrl, under which people reach the pages.</param>
/// <param name="Secret">Cohesion:Secret, which signs links and wraps the Data Protection keys: 32 bytes or more in base64.</param>
/// <param name="RoundKeys">Cohesion:RoundKeys, where the keys of open surveys stand: a key vault's address; a folder beside the emulator.</param>
public sealed record AzureSettings(string Tables, Uri PublicUrl, byte[] Secret, string RoundKeys)
{
    public const string Section = "Cohesion";

    private const int SecretBytes = 32;

    /// <summary>Azurite takes its well-known account by a connection string; on Azure there is none, the host's identity is let in.</summary>
    public bool IsEmulator => !IsHttps(Tables);

    /// <exception cref="AzureSettingsException">Settings are missing or wrong; each is named.</exception>
    public static AzureSettings From(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        var wrong = new List<string>();
        string Read(string name, Func<string, bool> isRight, string advice)
        {
            var value = section[name] ?? "";
            if (!isRight(value))
            {
                wrong.Add($"{Section}__{name} is {(value.Length == 0 ? "not set" : "not usable")}. {advice}");
            }

            return value;
        }

        var tables = Read(
            "Tables",
            value => IsHttps(value) || IsEmulators(value),
            "Give the table service's address such as https://NAME.table.core.windows.net, or UseDevelopmentStorage=true for Azurite.");
        var publicUrl = Read(
            "PublicUrl",
            value => Uri.TryCreate(value, UriKind.Absolute, out var url) && url.PathAndQuery == "/" && (url.Scheme == "https" || (url.Scheme == "http" && url.IsLoopback)),
            "Give the https address under which people reach the pages, such as https://cohesion.example; http only for this machine.");
        var secret = Read("Secret", IsSecret, $"Give {SecretBytes} random bytes or more in base64, as 'openssl rand -base64 {SecretBytes}' prints them; by a Key Vault reference on Azure.");
        var roundKeys = Read(
            "RoundKeys",
            value => IsHttps(value) || (value.Length > 0 && IsEmulators(tables)),
            "Give the key vault's address such as https://NAME.vault.azure.net; beside Azurite a folder will do.");
        return wrong.Count == 0
            ? new AzureSettings(tables, new Uri(publicUrl), Convert.FromBase64String(secret), roundKeys)
            : throw new AzureSettingsException(string.Join(Environment.NewLine, wrong));
    }

    private static bool IsHttps(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var url) && url.Scheme == "https" && url.PathAndQuery == "/";

    private static bool IsEmulators(string value) =>
        value == "UseDevelopmentStorage=true" || value.Contains("AccountName=devstoreaccount1;", StringComparison.Ordinal);

    private static bool IsSecret(string value)
    {
        var bytes = new byte[value.Length];
        var isBase64 = Convert.TryFromBase64String(value, bytes, out var length);
        CryptographicOperations.ZeroMemory(bytes);
        return isBase64 && length >= SecretBytes;
    }
}

/// <summary>Settings cannot be used: the message says which, and what to do, a line each.</summary>
public sealed class AzureSettingsException(string reasons) : Exception(reasons);
