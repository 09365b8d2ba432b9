using System.Globalization;
using System.Net;
using System.Net.Mail;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Cohesion.Workflows.Calendars;
using Cohesion.Workflows.LocalHost.Mailing;
using Cohesion.Workflows.Post;
using Microsoft.Extensions.Logging;

namespace Cohesion.Workflows.LocalHost.Tests.Mailing;

public sealed class SmtpSenderTests
{
    private static readonly Guid Operation = new("8d3f1c52-0c5e-4a93-9a26-6e7f0d7c1a11");

    private readonly Lines _log = new();

    [Fact]
    public async Task A_mail_arrives_as_it_was_written()
    {
        await using var server = new FakeSmtpServer();
        var sent = Written("Gus xʷməθkʷəy̓əm", text: "Hello.\n.\n..two\n" + new string('x', 300) + " 😀é\nlast=line\n");

        (await Send(server, sent)).ShouldBe(MailAnswer.Accepted);

        var read = ReadMail.Of(server.Mails.Single());
        read.Parts.Select(part => part.Type).ShouldBe(["text/plain; charset=utf-8", "text/html; charset=utf-8"]);
        read.Parts[0].Text.ReplaceLineEndings("\n").TrimEnd().ShouldBe(sent.Text.TrimEnd());
        read.Parts[1].Text.ReplaceLineEndings("\n").TrimEnd().ShouldBe(sent.Html.TrimEnd());
        read["Content-Type"].ShouldStartWith("multipart/alternative;");
    }

    [Fact]
    public async Task A_mail_has_the_headers_of_its_envelope()
    {
        await using var server = new FakeSmtpServer();
        await Send(server, Written("Gus xʷməθkʷəy̓əm", subject: "xʷməθkʷəy̓əm 😀: " + string.Join(' ', Enumerable.Repeat("dinner 🍲 session é", 8))));

        var read = ReadMail.Of(server.Mails.Single());
        read["Message-ID"].ShouldBe("<op1@cohesion.example>");
        read["Auto-Submitted"].ShouldBe("auto-generated");
        read["Subject"].ShouldBe("xʷməθkʷəy̓əm 😀: " + string.Join(' ', Enumerable.Repeat("dinner 🍲 session é", 8)));
        read["From"].ShouldBe("\"Cedar Inlet Division\" <sessions@division.example>");
        read["To"].ShouldBe("Gus xʷməθkʷəy̓əm <gus@clinic.example>");
        DateTimeOffset.TryParse(read["Date"], CultureInfo.InvariantCulture, out _).ShouldBeTrue();
        server.Mails.Single().Split("\r\n").ShouldAllBe(line => line.Length <= 78 && line.All(char.IsAscii));
    }

    [Fact]
    public async Task A_mail_comes_in_a_colleague_s_name_from_the_installation_s_address_and_its_reply_goes_to_a_person()
    {
        await using var server = new FakeSmtpServer();
        await Send(server, Written() with { From = "Dr Ada Wəng, \"Ada\"", ReplyTo = new Mailbox("Dov Kʷatz", "dov@division.example") });

        var read = ReadMail.Of(server.Mails.Single());
        read["From"].ShouldEndWith("<sessions@division.example>");
        read["From"].ShouldContain("Dr Ada Wəng");
        read["Reply-To"].ShouldBe("Dov Kʷatz <dov@division.example>");
        server.Mails.Single().Split("\r\n").ShouldAllBe(line => line.Length <= 78 && line.All(char.IsAscii));
    }

    [Fact]
    public async Task A_mail_that_can_be_ended_says_so_and_by_one_request_only_where_the_way_is_safe()
    {
        await using var server = new FakeSmtpServer();
        var link = "division.example/not-this-time/" + new string('t', 200);
        await Send(server, Written());
        await Send(server, Written() with { Unsubscribe = new Uri($"https://{link}") });
        await Send(server, Written() with { Unsubscribe = new Uri($"http://{link}") });

        var read = server.Mails.Select(ReadMail.Of).ToList();
        read[0].Headers.Keys.ShouldNotContain("List-Unsubscribe");
        read[1]["List-Unsubscribe"].ShouldBe($"<https://{link}>");
        read[1]["List-Unsubscribe-Post"].ShouldBe("List-Unsubscribe=One-Click");
        read[2]["List-Unsubscribe"].ShouldBe($"<http://{link}>");
        read[2].Headers.Keys.ShouldNotContain("List-Unsubscribe-Post");
    }

    [Fact]
    public async Task A_calendar_part_comes_last_and_as_it_was_written()
    {
        await using var server = new FakeSmtpServer();
        var text = string.Join("\r\n", "BEGIN:VCALENDAR", "METHOD:CANCEL", "SUMMARY:" + new string('é', 33), " " + new string('é', 37), "END:VCALENDAR", "");
        await Send(server, Written() with { Calendar = new CalendarPart(CalendarMethod.Cancel, text) });

        var read = ReadMail.Of(server.Mails.Single());
        read.Parts.Select(part => part.Type.Split(';')[0]).ShouldBe(["text/plain", "text/html", "text/calendar"]);
        read.Parts[2].Type.Split("; ").ShouldBe(["text/calendar", "charset=utf-8", "method=CANCEL"], ignoreOrder: true);
        read.Parts[2].Text.TrimEnd().ShouldBe(text.TrimEnd());
    }

    [Theory]
    [InlineData("MAIL", "451 4.3.0 Try later")]
    [InlineData("RCPT", "450 4.2.1 Greylisted for <gus@clinic.example>")]
    [InlineData("DATA", "421 4.3.2 Closing")]
    [InlineData(".", "452 4.3.1 Out of space")]
    [InlineData("MAIL", "550 5.7.1 The sender may not")]
    [InlineData("MAIL", "553 5.1.8 No such sender's domain")]
    [InlineData("RCPT", "554 5.7.1 <gus@clinic.example>: Relay access denied")]
    [InlineData("RCPT", "550 relay not permitted")]
    [InlineData("RCPT", "530 5.7.0 Authentication required")]
    [InlineData("EHLO", FakeSmtpServer.Drop)]
    [InlineData("RCPT", FakeSmtpServer.Drop)]
    [InlineData(".", FakeSmtpServer.Drop)]
    public async Task An_answer_that_may_be_another_one_later_leaves_the_mail_to_be_sent_again(string at, string answer)
    {
        await using var server = new FakeSmtpServer { Says = command => command == at ? answer : null };
        var failure = await Should.ThrowAsync<IOException>(() => Send(server, Written()));
        failure.ToString().ShouldNotContain("gus@");
    }

    [Theory]
    [InlineData("RCPT", "550 5.1.1 <gus@clinic.example>: no such user", "550")]
    [InlineData("RCPT", "553 5.1.3 Bad mailbox", "553")]
    [InlineData("RCPT", "554 5.1.1 No such user", "554")]
    [InlineData("RCPT", "501 5.1.3 Bad recipient address syntax", "501")]
    [InlineData(".", "554 5.7.1 Taken for spam, gus@clinic.example", "554")]
    [InlineData(".", "552 5.3.4 Too big", "552")]
    public async Task A_mail_that_will_never_be_taken_is_refused_and_the_log_says_why_without_the_address(string at, string answer, string code)
    {
        await using var server = new FakeSmtpServer { Says = command => command == at ? answer : null };
        (await Send(server, Written())).ShouldBe(MailAnswer.Refused($"{code} {answer.Split(' ')[1]}"));
        _log.All.Single().ShouldContain(code);
        _log.All.Single().ShouldContain(answer[10..].Split(':', ',')[0].Replace("<gus@clinic.example>", "<address>", StringComparison.Ordinal));
        _log.All.Single().ShouldNotContain("gus@");
    }

    [Fact]
    public async Task A_mail_whose_reply_was_lost_goes_out_again_under_the_same_Message_ID()
    {
        await using var server = new FakeSmtpServer { Says = command => command == "." ? FakeSmtpServer.Drop : null };
        await Should.ThrowAsync<IOException>(() => Send(server, Written()));
        (await Sender(server).Ask(Operation)).ShouldBe(MailAnswer.Unknown);

        server.Says = _ => null;
        (await Send(server, Written())).ShouldBe(MailAnswer.Accepted);

        server.Mails.Select(mail => ReadMail.Of(mail)["Message-ID"]).ShouldBe(["<op1@cohesion.example>", "<op1@cohesion.example>"]);
    }

    [Fact]
    public async Task A_server_that_is_away_leaves_the_mail_to_be_sent_again()
    {
        var server = new FakeSmtpServer();
        await server.DisposeAsync();
        await Should.ThrowAsync<IOException>(() => Send(server, Written()));
    }

    [Fact]
    public async Task A_server_that_wants_a_login_gets_it()
    {
        await using var server = new FakeSmtpServer { Login = "robin:s3cret é" };
        (await Send(server, Written(), new NetworkCredential("robin", "s3cret é"))).ShouldBe(MailAnswer.Accepted);
    }

    [Fact]
    public async Task A_login_that_is_wrong_or_missing_is_nothing_about_the_mail()
    {
        await using var server = new FakeSmtpServer { Login = "robin:s3cret" };
        (await Should.ThrowAsync<IOException>(() => Send(server, Written(), new NetworkCredential("robin", "other")))).Message.ShouldNotContain("other");
        await Should.ThrowAsync<IOException>(() => Send(server, Written()));
        server.Mails.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_server_without_STARTTLS_gets_neither_password_nor_mail()
    {
        await using var server = new FakeSmtpServer { Login = "robin:s3cret" };
        var sender = new SmtpSender(new SmtpServer("localhost", server.Port, new NetworkCredential("robin", "s3cret"), UsesTls: true), From, _log);
        await Should.ThrowAsync<IOException>(() => sender.Send(Operation, Written()));
        server.Commands.ShouldNotContain(command => command.StartsWith("AUTH", StringComparison.Ordinal) || command.StartsWith("MAIL", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_gets_neither_password_nor_mail()
    {
        using var certificate = SelfSigned();
        await using var server = new FakeSmtpServer { Login = "robin:s3cret", Certificate = certificate };
        var sender = new SmtpSender(new SmtpServer("localhost", server.Port, new NetworkCredential("robin", "s3cret"), UsesTls: true), From, _log);
        await Should.ThrowAsync<IOException>(() => sender.Send(Operation, Written()));
        server.Commands.ShouldNotContain(command => command.StartsWith("AUTH", StringComparison.Ordinal) || command.StartsWith("MAIL", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_connection_turned_to_TLS_carries_login_and_mail()
    {
        using var certificate = SelfSigned();
        await using var server = new FakeSmtpServer { Login = "robin:s3cret", Certificate = certificate };
        var sender = new SmtpSender(new SmtpServer("localhost", server.Port, new NetworkCredential("robin", "s3cret"), UsesTls: true), From, _log);
        using var trusted = new Trusting(certificate);
        (await sender.Send(Operation, Written())).ShouldBe(MailAnswer.Accepted);
        server.Commands.ShouldContain("STARTTLS");
    }

    [Fact]
    public async Task An_address_that_not_every_server_can_read_is_refused()
    {
        await using var server = new FakeSmtpServer();
        (await Send(server, Written() with { Address = "jürgen@clinic.example" })).ShouldBe(MailAnswer.Refused("553 5.6.7"));
        server.Mails.ShouldBeEmpty();
    }

    private static MailAddress From { get; } = new("sessions@division.example", "Cedar Inlet Division");

    private static Mail Written(string name = "Gus", string subject = "Cedar Inlet", string text = "Hello.\n") =>
        new("op1@cohesion.example", name, "gus@clinic.example", subject, text, $"<p>Hello é.</p>\n<p>{new string('y', 200)}</p>\n");

    private SmtpSender Sender(FakeSmtpServer server, NetworkCredential? login = null) =>
        new(new SmtpServer("localhost", server.Port, login, UsesTls: false), From, _log);

    private Task<MailAnswer> Send(FakeSmtpServer server, Mail mail, NetworkCredential? login = null) => Sender(server, login).Send(Operation, mail);

    private static X509Certificate2 SelfSigned()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    /// <summary>This process trusts one certificate as long as it lasts: System.Net.Mail can be told so nowhere else.</summary>
    private sealed class Trusting : IDisposable
    {
#pragma warning disable SYSLIB0014, MA0039 // Obsolete for HTTP only: System.Net.Mail asks nobody else. One certificate of the test is let in.
        public Trusting(X509Certificate2 certificate) => ServicePointManager.ServerCertificateValidationCallback =
            (_, shown, _, errors) => errors == SslPolicyErrors.None || shown?.GetCertHashString() == certificate.GetCertHashString();

        public void Dispose() => ServicePointManager.ServerCertificateValidationCallback = null;
#pragma warning restore SYSLIB0014, MA0039
    }

    private sealed class Lines : ILogger<SmtpSender>
    {
        public List<string> All { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            All.Add(formatter(state, exception) + exception);
    }
}
