using System.Globalization;
using System.Text;
using NodaTime;
using NodaTime.Text;

namespace Cohesion.Workflows.Calendars;

/// <summary>Writes iCalendar text (RFC 5545) of an iTIP message (RFC 5546).</summary>
public static class VCalendar
{
    private const int OctetsPerLine = 75;

    // RFC 6068, 2: what may stand in a mailto address as it is. A calendar program compares addresses as texts, so no more is escaped.
    private const string PlainInAddress = "-._~!$'()*+,:@";

    private static readonly InstantPattern UtcPattern = InstantPattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmss'Z'");

    /// <summary>A VCALENDAR of one VEVENT; every line ends with CRLF.</summary>
    public static string Of(Invitation invitation) =>
        string.Concat(Lines(invitation).Select(line => Fold(line) + "\r\n"));

    /// <summary>
    /// The same as a file to open (RFC 5546, 3.2.1): what is published has no attendee, and nobody replies to it. One that was taken out
    /// says so by its status.
    /// </summary>
    public static string Published(string text)
    {
        var lines = text.Replace("\r\n ", "", StringComparison.Ordinal).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        return string.Concat(lines
            .Where(line => !line.StartsWith("ATTENDEE;", StringComparison.Ordinal))
            .Select(line => line.StartsWith("METHOD:", StringComparison.Ordinal) ? "METHOD:PUBLISH" : line)
            .Select(line => Fold(line) + "\r\n"));
    }

    private static IEnumerable<string> Lines(Invitation invitation) =>
    [
        "BEGIN:VCALENDAR",
        "PRODID:-//Cohesion Workflows//EN",
        "VERSION:2.0",
        $"METHOD:{MethodOf(invitation.Method)}",
        "BEGIN:VEVENT",
        $"UID:{Escape(invitation.Uid)}",
        string.Create(CultureInfo.InvariantCulture, $"SEQUENCE:{invitation.Sequence}"),
        $"DTSTAMP:{Utc(invitation.Stamp)}",
        $"DTSTART:{Utc(invitation.Starts)}",
        $"DTEND:{Utc(invitation.Ends)}",
        $"SUMMARY:{Escape(invitation.Summary)}",
        .. invitation.Location is { } location ? [$"LOCATION:{Escape(location)}"] : Array.Empty<string>(),
        $"STATUS:{(invitation.Method == CalendarMethod.Cancel ? "CANCELLED" : "CONFIRMED")}",
        $"ORGANIZER;CN={Quote(invitation.Organizer.Name)}:{Mailto(invitation.Organizer.Address)}",
        $"ATTENDEE;CN={Quote(invitation.Attendee.Name)};PARTSTAT={(invitation.HasAccepted ? "ACCEPTED" : "NEEDS-ACTION")};RSVP=FALSE:{Mailto(invitation.Attendee.Address)}",
        "END:VEVENT",
        "END:VCALENDAR",
    ];

    /// <summary>The method's name in the text and in the type of the mail's part.</summary>
    public static string MethodOf(CalendarMethod method) => method == CalendarMethod.Cancel ? "CANCEL" : "REQUEST";

    private static string Utc(Instant instant) => UtcPattern.Format(instant);

    /// <summary>A TEXT value (RFC 5545, 3.3.11).</summary>
    private static string Escape(string text) => WithoutControls(text.ReplaceLineEndings("\n")
        .Replace(@"\", @"\\", StringComparison.Ordinal)
        .Replace(";", @"\;", StringComparison.Ordinal)
        .Replace(",", @"\,", StringComparison.Ordinal)
        .Replace("\n", @"\n", StringComparison.Ordinal));

    /// <summary>A quoted parameter value (RFC 5545, 3.2); there is no way to write a quote in it that all programs read.</summary>
    private static string Quote(string text) => $"\"{WithoutControls(text.Replace('"', '\''))}\"";

    private static string WithoutControls(string text) => string.Concat(text.Where(character => !char.IsControl(character)));

    private static string Mailto(string address) => "mailto:" + string.Concat(address.EnumerateRunes().Select(rune =>
        rune.IsAscii && (Rune.IsLetterOrDigit(rune) || PlainInAddress.Contains((char)rune.Value, StringComparison.Ordinal))
            ? rune.ToString()
            : Uri.EscapeDataString(rune.ToString())));

    /// <summary>At most 75 octets a line; a line that goes on starts with a space (RFC 5545, 3.1). No character is split.</summary>
    private static string Fold(string line)
    {
        var (folded, octets) = (new StringBuilder(), 0);
        foreach (var rune in line.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > OctetsPerLine)
            {
                folded.Append("\r\n ");
                octets = 1;
            }

            folded.Append(rune);
            octets += rune.Utf8SequenceLength;
        }

        return folded.ToString();
    }
}
