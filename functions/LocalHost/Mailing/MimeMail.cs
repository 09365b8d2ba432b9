using System.Net.Mail;
using System.Net.Mime;
using System.Text;
using Cohesion.Workflows.Calendars;
using Cohesion.Workflows.Post;

namespace Cohesion.Workflows.LocalHost.Mailing;

/// <summary>A mail in the form of RFC 5322 and MIME: multipart/alternative, the plainest part first (RFC 2046, 5.1.4).</summary>
internal sealed class MimeMail : IDisposable
{
    private readonly ReadStream _text;

    public MimeMail(Mail mail, MailAddress from)
    {
        _text = new ReadStream(Encoding.UTF8.GetBytes(mail.Text.ReplaceLineEndings("\r\n")));
        var sender = new MailAddress(from.Address, mail.From ?? from.DisplayName, Encoding.UTF8);
        Message = new MailMessage(sender, new MailAddress(mail.Address, mail.Name, Encoding.UTF8))
        {
            Subject = mail.Subject,
            SubjectEncoding = Encoding.UTF8,
            HeadersEncoding = Encoding.UTF8,
        };
        if (mail.ReplyTo is { } reply)
        {
            Message.ReplyToList.Add(new MailAddress(reply.Address, reply.Name, Encoding.UTF8));
        }

        foreach (var (name, value) in mail.Headers())
        {
            Message.Headers.Add(name, value);
        }

        Message.AlternateViews.Add(Part(_text, "text/plain; charset=utf-8"));
        Message.AlternateViews.Add(Part(Bytes(mail.Html), "text/html; charset=utf-8"));
        if (mail.Calendar is { } calendar)
        {
            Message.AlternateViews.Add(Part(Bytes(calendar.Text), $"text/calendar; charset=utf-8; method={VCalendar.MethodOf(calendar.Method)}"));
        }
    }

    public MailMessage Message { get; }

    /// <summary>Whether somebody began to take the body over. System.Net.Mail does not tell a refusal of the sender from one of the mail.</summary>
    public bool IsBodyTaken => _text.IsRead;

    public void Dispose() => Message.Dispose();

    private static MemoryStream Bytes(string text) => new(Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n")));

    private static AlternateView Part(Stream body, string type) => new(body, new ContentType(type)) { TransferEncoding = TransferEncoding.QuotedPrintable };

    /// <summary>Notes that it is read.</summary>
    private sealed class ReadStream(byte[] bytes) : MemoryStream(bytes)
    {
        public bool IsRead { get; private set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            IsRead = true;
            return base.Read(buffer, offset, count);
        }

        public override int Read(Span<byte> buffer)
        {
            IsRead = true;
            return base.Read(buffer);
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            IsRead = true;
            return base.ReadAsync(buffer, cancellationToken);
        }
    }
}
