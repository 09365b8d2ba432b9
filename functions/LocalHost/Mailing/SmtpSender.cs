using System.Globalization;
using System.Net.Mail;
using System.Text;
using System.Text.RegularExpressions;
using Cohesion.Workflows.Post;

namespace Cohesion.Workflows.LocalHost.Mailing;

/// <summary>
/// Hands mail to an SMTP server, a connection each. The server cannot be asked what it has: a mail whose last reply was lost
/// goes out again under the same Message-ID. See docs/decisions/0008-system-net-mail.md.
/// </summary>
internal sealed partial class SmtpSender(SmtpServer server, MailAddress from, ILogger<SmtpSender> log) : IMailSender
{
    // The sender holds an envelope for two minutes.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <summary>RFC 6531, 3.7.4.2.</summary>
    private const int NeedsSmtpUtf8 = 553;

    /// <summary>An answer that may be another one later, and one that is about this installation and not about this mail, leave it to be sent again.</summary>
    public async Task<MailAnswer> Send(Guid operationId, Mail mail, CancellationToken cancel = default)
    {
        using var mime = new MimeMail(mail, from);
        return Ascii.IsValid(mime.Message.To[0].User)
            ? await Send(operationId, mime, cancel)
            : Refuse(operationId, NeedsSmtpUtf8, "5.6.7 What stands before the @ has letters that not every server on the way can read.");
    }

    public Task<MailAnswer> Ask(Guid operationId, CancellationToken cancel = default) => Task.FromResult(MailAnswer.Unknown);

    /// <summary>What a server says may repeat the address it was asked for; logs carry none.</summary>
    private static string WithoutAddresses(string reply) => Address().Replace(reply, "<address>");

    private async Task<MailAnswer> Send(Guid operationId, MimeMail mime, CancellationToken cancel)
    {
        using var client = new SmtpClient(server.Host, server.Port)
        {
            EnableSsl = server.UsesTls,
            Credentials = server.Login,
        };
        try
        {
            await client.SendMailAsync(mime.Message, cancel).WaitAsync(Patience, cancel);
            return MailAnswer.Accepted;
        }
        catch (SmtpException failure) when ((int)failure.StatusCode >= 500 && (IsRecipientWrong(failure) || mime.IsBodyTaken))
        {
            return Refuse(operationId, (int)failure.StatusCode, failure.Message);
        }
        catch (SmtpException failure)
        {
            throw NotTaken(failure);
        }
    }

    /// <summary>
    /// A server that does not know this installation says so at the recipient too ("relay access denied"); taken for the
    /// recipient's fault it would make everybody's mail bounce. And System.Net.Mail knows a refused recipient by 550 to 553 only.
    /// </summary>
    private static bool IsRecipientWrong(SmtpException failure) =>
        (failure is SmtpFailedRecipientException && !Policy().IsMatch(failure.Message)) || Recipient().IsMatch(failure.Message);

    /// <summary>Without its cause, which is logged with it and holds what the server said.</summary>
    private static IOException NotTaken(SmtpException failure)
    {
        var causes = string.Join(' ', new Exception?[] { failure, failure.InnerException }.OfType<Exception>().Select(one => one.Message));
        return new IOException(WithoutAddresses(causes));
    }

    private MailAnswer Refuse(Guid operationId, int code, string reason)
    {
        log.LogWarning("The mail server will not take {Operation}: {Code} {Reason}", operationId, code, WithoutAddresses(reason));
        return MailAnswer.Refused(string.Create(CultureInfo.InvariantCulture, $"{code} {Status().Match(reason).Value}").TrimEnd());
    }

    /// <summary>RFC 3463, 3.8: security or policy; and the words of servers that give no such code.</summary>
    [GeneratedRegex(@"\b5\.7\.\d|relay|authenticat", RegexOptions.IgnoreCase)]
    private static partial Regex Policy();

    /// <summary>RFC 3463, 3.2 and 3.3: the destination's address or mailbox; 5.1.7 and 5.1.8 are the sender's.</summary>
    [GeneratedRegex(@"\b5\.(1\.([1-6]|10)|2\.\d)\b", RegexOptions.ExplicitCapture)]
    private static partial Regex Recipient();

    /// <summary>RFC 3463, 2: a status of what will never be.</summary>
    [GeneratedRegex(@"\b5\.\d{1,3}\.\d{1,3}\b")]
    private static partial Regex Status();

    [GeneratedRegex(@"[^\s<>,;:()]+@[^\s<>,;:()]+")]
    private static partial Regex Address();
}
