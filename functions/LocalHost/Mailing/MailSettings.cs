using System.Net;
using System.Net.Mail;
using Cohesion.Workflows.Post;

namespace Cohesion.Workflows.LocalHost.Mailing;

/// <summary>Where mail goes, as the options say it: to a server, to a folder, or (neither) to the mail viewer.</summary>
/// <param name="Smtp">The server's HOST:PORT.</param>
/// <param name="User">By which the server knows this installation.</param>
/// <param name="Password">What the environment variable holds; an option would show it to everybody on the machine.</param>
/// <param name="From">The sender of every mail: "Name &lt;address&gt;".</param>
/// <param name="Eml">The folder of .eml files.</param>
/// <param name="PerMinute">How many mails may go out in a minute: 0 for as many as there are; null for what is careful.</param>
/// <param name="PerHour">The same of an hour.</param>
internal sealed record MailSettings(
    string? Smtp = null, string? User = null, string? Password = null, string? From = null, string? Eml = null, int? PerMinute = null, int? PerHour = null)
{
    /// <summary>The environment variable of the password.</summary>
    public const string PasswordVariable = "COHESION_SMTP_PASSWORD";

    private const string ExampleFrom = "\"Cedar Inlet Division <sessions@division.example>\"";

    /// <summary>Checked before.</summary>
    public MailAddress Sender => TrySender() ?? throw new InvalidOperationException("--mail-from was not checked.");

    /// <summary>Checked before; null where mail goes elsewhere.</summary>
    public SmtpServer? Server => Smtp is null ? null : SmtpServer.TryParse(Smtp, User is null ? null : new NetworkCredential(User, Password));

    /// <summary>Only a mail server counts what it is sent.</summary>
    public MailQuota Quota => MailQuota.Of(PerMinute, PerHour, otherwise: Smtp is null ? MailQuota.None : MailQuota.Careful);

    /// <summary>What works in few places; null where nothing is to be said.</summary>
    public string? Warning => Server is { Login: null, UsesTls: true } relay
        ? $"Mail goes to {relay.Host} without an account: only a relay that knows this machine takes it. For any other server give --smtp-user."
        : null;

    /// <exception cref="LocalSettingsException">A setting cannot be used.</exception>
    public void Check()
    {
        if (Wrong() is { } wrong)
        {
            throw new LocalSettingsException(wrong);
        }
    }

    private string? Wrong() => this switch
    {
        { Smtp: not null, Eml: not null } => "--smtp and --eml were both given. Give one: mail goes to a server or into a folder.",
        { Smtp: not null } when Server is null => $"'{Smtp}' is no mail server. Give --smtp a name and a port such as mail.division.example:587.",
        { Smtp: null, User: not null } => "--smtp-user was given without --smtp. Name the mail server, or leave the user out.",
        { User: not null, Password: null or "" } => $"--smtp-user was given without a password. Put it into the environment variable {PasswordVariable}.",
        { Smtp: null, Eml: null, From: not null } => "--mail-from was given, and no mail is sent. Give --smtp or --eml too, or leave it out.",
        { PerMinute: < 0 } or { PerHour: < 0 } => "Fewer than no mails cannot go out. Give --mail-per-minute and --mail-per-hour a number, or 0 for no limit.",
        { Smtp: null, Eml: null } => null,
        { From: null } => $"Mail needs a sender. Give --mail-from one such as {ExampleFrom}.",
        _ when TrySender() is null => $"'{From}' is no sender. Give --mail-from one such as {ExampleFrom}.",
        { Eml: not null } => WrongFolder(Eml),
        _ => null,
    };

    private MailAddress? TrySender() => MailAddress.TryCreate(From, out var sender) && sender.Host.Contains('.', StringComparison.Ordinal) ? sender : null;

    private static string? WrongFolder(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return $"'{folder}' is no folder for mail: {failure.Message} Give --eml another.";
        }
    }
}
