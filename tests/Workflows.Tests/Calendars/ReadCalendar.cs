using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Cohesion.Workflows.Tests.Calendars;

/// <summary>A line of iCalendar text: NAME;PARAM=value:value.</summary>
internal sealed record ReadProperty(string Name, IReadOnlyDictionary<string, string> Parameters, string Value)
{
    /// <summary>A TEXT value with its escapes undone; what must be escaped does not stand there bare (RFC 5545, 3.3.11).</summary>
    public string Text
    {
        get
        {
            Regex.IsMatch(Value, @"^([^\\;,]|\\[\\;,nN])*$").ShouldBeTrue(Value);
            return Regex.Replace(Value, @"\\(.)", escaped => escaped.Groups[1].Value is "n" or "N" ? "\n" : escaped.Groups[1].Value);
        }
    }

    public DateTime Utc => DateTime.ParseExact(
        Value, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    public string Address => Uri.UnescapeDataString(Value.Split("mailto:")[1]);
}

/// <summary>iCalendar text as a calendar program reads it: written from the grammar of RFC 5545, 3.1, apart from the writer.</summary>
internal sealed partial class ReadCalendar
{
    private readonly List<(string Component, ReadProperty Property)> _properties = [];

    /// <summary>Throws where the text breaks the grammar.</summary>
    public static ReadCalendar Of(string text)
    {
        text.ShouldEndWith("\r\n");
        var lines = text[..^2].Split("\r\n");
        lines.ShouldAllBe(line => Encoding.UTF8.GetByteCount(line) <= 75 && !line.Contains('\n') && !line.Contains('\r'));
        var (calendar, open) = (new ReadCalendar(), new Stack<string>());
        foreach (var property in text[..^2].Replace("\r\n ", "", StringComparison.Ordinal).Split("\r\n").Select(Property))
        {
            calendar.Add(property, open);
        }

        open.ShouldBeEmpty();
        calendar.AnotherReaderAgrees(text);
        return calendar;
    }

    /// <summary>As Ical.Net reads it, whose writers know nothing of ours.</summary>
    private void AnotherReaderAgrees(string text)
    {
        var other = Ical.Net.Calendar.Load(text).ShouldNotBeNull();
        var entry = other.Events.Single();
        other.Method.ShouldBe(this["VCALENDAR", "METHOD"].Value);
        entry.Uid.ShouldBe(this["VEVENT", "UID"].Text);
        entry.Sequence.ShouldBe(int.Parse(this["VEVENT", "SEQUENCE"].Value, CultureInfo.InvariantCulture));
        entry.Start.ShouldNotBeNull().AsUtc.ShouldBe(this["VEVENT", "DTSTART"].Utc);
        entry.End.ShouldNotBeNull().AsUtc.ShouldBe(this["VEVENT", "DTEND"].Utc);
        entry.Summary.ShouldBe(this["VEVENT", "SUMMARY"].Text);
        entry.Attendees.Select(attendee => attendee.ParticipationStatus)
            .ShouldBe(Names("VEVENT").Contains("ATTENDEE") ? [this["VEVENT", "ATTENDEE"].Parameters["PARTSTAT"]] : []);
    }

    public IReadOnlyList<string> Names(string component) => [.. _properties.Where(one => one.Component == component).Select(one => one.Property.Name)];

    /// <summary>The one property of that name in a component.</summary>
    public ReadProperty this[string component, string name] => _properties.Single(one => one.Component == component && one.Property.Name == name).Property;

    private void Add(ReadProperty property, Stack<string> open)
    {
        switch (property.Name)
        {
            case "BEGIN":
                open.Push(property.Value);
                break;
            case "END":
                open.Pop().ShouldBe(property.Value);
                break;
            default:
                _properties.Add((open.Peek(), property));
                break;
        }
    }

    private static ReadProperty Property(string line)
    {
        var match = Line().Match(line);
        match.Success.ShouldBeTrue(line);
        var parameters = match.Groups["parameter"].Captures.Select(parameter => parameter.Value.Split('=', 2));
        return new ReadProperty(
            match.Groups["name"].Value,
            parameters.ToDictionary(parameter => parameter[0], parameter => parameter[1].Trim('"'), StringComparer.Ordinal),
            match.Groups["value"].Value);
    }

    [GeneratedRegex("""^(?<name>[A-Za-z0-9-]+)(;(?<parameter>[A-Za-z0-9-]+=("[^"\p{Cc}]*"|[^";:,\p{Cc}]*)))*:(?<value>[^\p{Cc}]*)$""", RegexOptions.ExplicitCapture)]
    private static partial Regex Line();
}
