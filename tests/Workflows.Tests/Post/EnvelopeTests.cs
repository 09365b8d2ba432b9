using Cohesion.Workflows.Calendars;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Records;
using NodaTime;

namespace Cohesion.Workflows.Tests.Post;

public sealed class EnvelopeTests
{
    private static readonly MessageKey Key = new("c", "attendance", "ask", PersonId.From("p"), "r1-ask");
    private static readonly Mail Plain = new("op1@cohesion.example", "Gus xʷməθkʷəy̓əm", "gus@clinic.example", "Cedar Inlet", "Hello.", "<p>Hello.</p>");

    [Fact]
    public void What_is_written_is_read_again()
    {
        var envelope = Of(Plain with
        {
            From = "Dr Ada Wəng",
            ReplyTo = new Mailbox("Dov Katz", "dov@division.example"),
            Unsubscribe = new Uri("https://cohesion.example/not-this-time/a.b"),
            Calendar = new CalendarPart(CalendarMethod.Cancel, "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"),
        });
        var read = Envelope.Read(envelope.Write());
        read.Mail.ShouldBe(envelope.Mail);
        read.Messages.ShouldBe(envelope.Messages);
        (read with { Messages = envelope.Messages }).ShouldBe(envelope);
    }

    [Fact]
    public void An_envelope_that_an_earlier_release_wrote_is_read()
    {
        var row = Of(Plain).Write();
        row.Properties.Keys.ShouldBe(
            ["address", "attempts", "heldUntil", "html", "messageId", "messages", "name", "operation", "state", "subject", "text"]);
        Envelope.Read(row).Mail.ShouldBe(Plain);
    }

    private static Envelope Of(Mail mail) => new(
        Key.Person, "e.p.2027-03-01.001", Guid.Empty, mail, [Key], EnvelopeState.Claimed, Instant.FromUtc(2027, 3, 1, 17, 0), Attempts: 2);
}
