using Azure.Communication.Email;
using Cohesion.Workflows.Calendars;
using Cohesion.Workflows.Post;

namespace Cohesion.Workflows.AzureHost.Mailing;

/// <summary>A mail as Azure Communication Services takes it. In whose name it comes is the sender's, set with the domain.</summary>
internal static class AcsMessage
{
    public static EmailMessage Of(Mail mail, string from)
    {
        var message = new EmailMessage(
            from,
            new EmailRecipients([new EmailAddress(mail.Address, mail.Name)]),
            new EmailContent(mail.Subject) { PlainText = mail.Text, Html = mail.Html })
        {
            UserEngagementTrackingDisabled = true,
        };
        foreach (var (name, value) in mail.Headers())
        {
            message.Headers.Add(name, value);
        }

        // Without it the service writes a Message-ID of its own.
        message.Headers.Add("x-ms-acsemail-validate-message-id", "true");
        if (mail.ReplyTo is { } reply)
        {
            message.ReplyTo.Add(new EmailAddress(reply.Address, reply.Name));
        }

        if (mail.Calendar is { } calendar)
        {
            message.Attachments.Add(File(calendar));
        }

        return message;
    }

    /// <summary>The service takes attachments only, and a mail program takes an invitation for one only where it stands among the bodies.</summary>
    private static EmailAttachment File(CalendarPart calendar) =>
        new("session.ics", "text/calendar; method=PUBLISH; charset=utf-8", BinaryData.FromString(VCalendar.Published(calendar.Text)));
}
