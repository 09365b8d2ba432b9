using System.Collections.Immutable;
using System.Globalization;
using Cohesion.Workflows.Calendars;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Web;
using NodaTime;
using NodaTime.Text;

namespace Cohesion.Workflows.Post;

/// <summary>
/// A mail as it goes out: frozen, so that sending it again sends the same. Its row is named by person, date in the person's
/// zone, and number.
/// </summary>
/// <param name="Person">Who gets it.</param>
/// <param name="Row">Its row.</param>
/// <param name="OperationId">By which the provider knows it again.</param>
/// <param name="Mail">What is sent.</param>
/// <param name="Messages">The messages in it.</param>
/// <param name="State">Where it stands.</param>
/// <param name="HeldUntil">A sender has it until then; another may take it up later.</param>
/// <param name="Attempts">How often sending failed.</param>
/// <param name="ETag">Guards its record.</param>
/// <param name="GoesAtOnce">Whether it goes at any hour; else it is the person's one mail of its day.</param>
public sealed record Envelope(
    PersonId Person,
    string Row,
    Guid OperationId,
    Mail Mail,
    ImmutableList<MessageKey> Messages,
    EnvelopeState State,
    Instant HeldUntil,
    int Attempts = 0,
    string? ETag = null,
    bool GoesAtOnce = false)
{
    private const string AtOnce = "atOnce";
    private const string ClosedAt = "closed";
    private const string LastSaid = "said";

    /// <summary>What the provider said when it was last tried in vain, without addresses; "" where it said nothing.</summary>
    public string Said { get; init; } = "";

    /// <summary>When the provider had it or refused it; null before, and where an earlier release closed it.</summary>
    public Instant? Closed { get; init; }

    /// <summary>The day on which it was made, in the person's zone.</summary>
    public LocalDate Date => LocalDatePattern.Iso.Parse(Row.Split('.')[^2]).Value;

    public Record Write() => Record.Of(
        new RecordKey(Rows.PostPartition, Row),
        [
            .. Mail.Write(),
            ("operation", OperationId.ToString("D")),
            ("messages", string.Join(' ', Messages)),
            ("state", State.ToString()),
            ("heldUntil", InstantPattern.ExtendedIso.Format(HeldUntil)),
            ("attempts", Attempts.ToString(CultureInfo.InvariantCulture)),
            .. GoesAtOnce ? [(AtOnce, "yes")] : Array.Empty<(string, string)>(),
            .. Said.Length > 0 ? [(LastSaid, Said)] : Array.Empty<(string, string)>(),
            .. Closed is { } closed ? [(ClosedAt, InstantPattern.ExtendedIso.Format(closed))] : Array.Empty<(string, string)>(),
        ]);

    public static Envelope Read(Record row)
    {
        ImmutableList<MessageKey> messages = [.. row["messages"].Split(' ').Select(MessageKey.Parse)];
        return new Envelope(
            messages[0].Person,
            row.Key.Row,
            Guid.ParseExact(row["operation"], "D"),
            Mail.Read(row),
            messages,
            Enum.Parse<EnvelopeState>(row["state"]),
            InstantPattern.ExtendedIso.Parse(row["heldUntil"]).Value,
            int.Parse(row["attempts"], CultureInfo.InvariantCulture),
            row.ETag,
            row.Properties.ContainsKey(AtOnce))
        {
            Said = row.Properties.GetValueOrDefault(LastSaid, ""),
            Closed = row.Properties.TryGetValue(ClosedAt, out var closed) ? InstantPattern.ExtendedIso.Parse(closed).Value : null,
        };
    }
}

public enum EnvelopeState
{
    /// <summary>It holds its messages, and the provider may or may not have it.</summary>
    Claimed,

    /// <summary>The provider has it.</summary>
    Accepted,

    /// <summary>The provider will not take it.</summary>
    Refused,
}

/// <summary>A rendered mail.</summary>
/// <param name="MessageId">RFC 5322, 3.6.4, without the angle brackets.</param>
/// <param name="Name">The recipient's.</param>
/// <param name="Address">The recipient's.</param>
/// <param name="Subject">Plain text.</param>
/// <param name="Text">The body as plain text.</param>
/// <param name="Html">The body as a whole HTML document.</param>
public sealed record Mail(string MessageId, string Name, string Address, string Subject, string Text, string Html)
{
    /// <summary>In whose name it comes; null for the installation's own.</summary>
    public string? From { get; init; }

    /// <summary>Who reads a reply; null where the sender's own mailbox does.</summary>
    public Mailbox? ReplyTo { get; init; }

    /// <summary>Where one request ends such mail (RFC 2369, RFC 8058), or null where it is needed to take part.</summary>
    public Uri? Unsubscribe { get; init; }

    /// <summary>What the recipient's calendar is told, or null.</summary>
    public CalendarPart? Calendar { get; init; }

    /// <summary>What stands in its head beside sender, recipient and subject. One request may end such mail only where the way there is safe (RFC 8058, 3.1).</summary>
    public IEnumerable<(string Name, string Value)> Headers() =>
    [
        ("Message-ID", $"<{MessageId}>"),
        ("Auto-Submitted", "auto-generated"),
        .. Unsubscribe is { } unsubscribe ? [("List-Unsubscribe", $"<{unsubscribe.AbsoluteUri}>")] : Array.Empty<(string, string)>(),
        .. Unsubscribe is { Scheme: "https" } ? [("List-Unsubscribe-Post", $"{OneClick.Field}={OneClick.Value}")] : Array.Empty<(string, string)>(),
    ];

    /// <summary>Its properties in a record. What not every mail has is written only where it has it.</summary>
    public IEnumerable<(string Name, string Text)> Write()
    {
        (string Name, string? Text)[] all =
        [
            ("messageId", MessageId), ("name", Name), ("address", Address), ("subject", Subject), ("text", Text), ("html", Html),
            ("from", From), ("replyToName", ReplyTo?.Name), ("replyTo", ReplyTo?.Address),
            ("unsubscribe", Unsubscribe?.AbsoluteUri), ("calendarMethod", Calendar?.Method.ToString()), ("calendar", Calendar?.Text),
        ];
        return all.Where(one => one.Text is not null).Select(one => (one.Name, one.Text!));
    }

    public static Mail Read(Record row) => new(row["messageId"], row["name"], row["address"], row["subject"], row["text"], row["html"])
    {
        From = row.Properties.GetValueOrDefault("from"),
        ReplyTo = row.Properties.TryGetValue("replyTo", out var reply) ? new Mailbox(row["replyToName"], reply) : null,
        Unsubscribe = row.Properties.TryGetValue("unsubscribe", out var unsubscribe) ? new Uri(unsubscribe) : null,
        Calendar = row.Properties.TryGetValue("calendar", out var calendar)
            ? new CalendarPart(Enum.Parse<CalendarMethod>(row["calendarMethod"]), calendar)
            : null,
    };
}
