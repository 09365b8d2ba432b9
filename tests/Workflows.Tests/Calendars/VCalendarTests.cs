using Cohesion.Workflows.Calendars;
using NodaTime;

namespace Cohesion.Workflows.Tests.Calendars;

public sealed class VCalendarTests
{
    private static readonly Invitation Plain = new(
        CalendarMethod.Request,
        "c1-session",
        0,
        Instant.FromUtc(2027, 4, 10, 0, 2),
        Instant.FromUtc(2027, 5, 28, 1, 0),
        Instant.FromUtc(2027, 5, 28, 3, 0),
        "Cedar Inlet: learning session",
        null,
        new CalendarUser("Robin Marsh", "robin@division.example"),
        new CalendarUser("Ada Wong", "ada@clinic.example"),
        HasAccepted: true);

    [Fact]
    public void A_request_is_what_iTIP_asks_for()
    {
        var read = ReadCalendar.Of(VCalendar.Of(Plain));
        read["VCALENDAR", "VERSION"].Value.ShouldBe("2.0");
        read["VCALENDAR", "METHOD"].Value.ShouldBe("REQUEST");
        read["VEVENT", "UID"].Text.ShouldBe("c1-session");
        read["VEVENT", "SEQUENCE"].Value.ShouldBe("0");
        read["VEVENT", "STATUS"].Value.ShouldBe("CONFIRMED");
        read["VEVENT", "ORGANIZER"].Address.ShouldBe("robin@division.example");
        read["VEVENT", "ATTENDEE"].Address.ShouldBe("ada@clinic.example");
        read["VEVENT", "ATTENDEE"].Parameters["CN"].ShouldBe("Ada Wong");
        read["VEVENT", "ATTENDEE"].Parameters["PARTSTAT"].ShouldBe("ACCEPTED");
        read["VEVENT", "ATTENDEE"].Parameters["RSVP"].ShouldBe("FALSE");
        read.Names("VEVENT").ShouldBeUnique();
        read.Names("VEVENT").ShouldNotContain("LOCATION");
    }

    [Fact]
    public void A_file_to_open_is_published_without_its_attendee_and_otherwise_the_same()
    {
        var invitation = Plain with { Summary = new string('é', 80) };
        var (sent, file) = (ReadCalendar.Of(VCalendar.Of(invitation)), ReadCalendar.Of(VCalendar.Published(VCalendar.Of(invitation))));
        file["VCALENDAR", "METHOD"].Value.ShouldBe("PUBLISH");
        file.Names("VEVENT").ShouldBe(sent.Names("VEVENT").Where(name => name != "ATTENDEE"));
        file["VEVENT", "SUMMARY"].Text.ShouldBe(invitation.Summary);
        ReadCalendar.Of(VCalendar.Published(VCalendar.Of(Plain with { Method = CalendarMethod.Cancel })))["VEVENT", "STATUS"].Value.ShouldBe("CANCELLED");
    }

    [Fact]
    public void Times_go_out_in_UTC()
    {
        var read = ReadCalendar.Of(VCalendar.Of(Plain));
        read["VEVENT", "DTSTAMP"].Utc.ShouldBe(new DateTime(2027, 4, 10, 0, 2, 0, DateTimeKind.Utc));
        read["VEVENT", "DTSTART"].Utc.ShouldBe(new DateTime(2027, 5, 28, 1, 0, 0, DateTimeKind.Utc));
        read["VEVENT", "DTEND"].Utc.ShouldBe(new DateTime(2027, 5, 28, 3, 0, 0, DateTimeKind.Utc));
    }

    [Fact]
    public void A_session_that_is_made_moved_twice_and_cancelled_is_one_event_of_rising_sequence()
    {
        Invitation[] life =
        [
            Plain,
            Plain with { Sequence = 1, Starts = Plain.Starts + Duration.FromDays(7), Ends = Plain.Ends + Duration.FromDays(7) },
            Plain with { Sequence = 2, Location = "Community hall" },
            Plain with { Sequence = 3, Method = CalendarMethod.Cancel },
        ];

        var read = life.Select(one => ReadCalendar.Of(VCalendar.Of(one))).ToList();
        read.Select(one => one["VCALENDAR", "METHOD"].Value).ShouldBe(["REQUEST", "REQUEST", "REQUEST", "CANCEL"]);
        read.Select(one => one["VEVENT", "UID"].Value).Distinct().Count().ShouldBe(1);
        read.Select(one => one["VEVENT", "SEQUENCE"].Value).ShouldBe(["0", "1", "2", "3"]);
        read.Select(one => one["VEVENT", "STATUS"].Value).ShouldBe(["CONFIRMED", "CONFIRMED", "CONFIRMED", "CANCELLED"]);
        read[2]["VEVENT", "LOCATION"].Text.ShouldBe("Community hall");
    }

    [Theory]
    [InlineData("Hall; room 2, \\back door\\\nring twice: \"Li\"")]
    [InlineData("\r\nBEGIN:VEVENT\r\nUID:other")]
    [InlineData("xʷməθkʷəy̓əm xʷməθkʷəy̓əm xʷməθkʷəy̓əm xʷməθkʷəy̓əm xʷməθkʷəy̓əm xʷməθkʷəy̓əm")]
    [InlineData("😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀")]
    [InlineData("")]
    public void Whatever_people_type_comes_back(string typed)
    {
        var read = ReadCalendar.Of(VCalendar.Of(Plain with { Summary = typed, Location = typed }));
        read["VEVENT", "SUMMARY"].Text.ShouldBe(typed.ReplaceLineEndings("\n"));
        read["VEVENT", "LOCATION"].Text.ShouldBe(typed.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void A_line_of_any_length_is_folded_between_characters()
    {
        for (var length = 0; length < 200; length++)
        {
            var typed = new string('a', length) + "é😀əy̓";
            ReadCalendar.Of(VCalendar.Of(Plain with { Summary = typed }))["VEVENT", "SUMMARY"].Text.ShouldBe(typed);
        }
    }

    [Theory]
    [InlineData("Wong; Ada: \"A, B\"", "Wong; Ada: 'A, B'")]
    [InlineData("Ada\r\nATTENDEE:mailto:x@y.example", "AdaATTENDEE:mailto:x@y.example")]
    [InlineData("xʷməθkʷəy̓əm O'Neil", "xʷməθkʷəy̓əm O'Neil")]
    public void A_name_cannot_end_its_line_or_its_quotes(string name, string read) =>
        ReadCalendar.Of(VCalendar.Of(Plain with { Attendee = new CalendarUser(name, "ada@clinic.example") }))["VEVENT", "ATTENDEE"]
            .Parameters["CN"].ShouldBe(read);

    [Theory]
    [InlineData("ada+sessions@clinic.example", "mailto:ada+sessions@clinic.example")]
    [InlineData("a%b?c#d@clinic.example", "mailto:a%25b%3Fc%23d@clinic.example")]
    [InlineData("jürgen@clinic.example", "mailto:j%C3%BCrgen@clinic.example")]
    public void An_address_is_escaped_only_where_it_must_be(string address, string value)
    {
        var attendee = ReadCalendar.Of(VCalendar.Of(Plain with { Attendee = new CalendarUser("Ada", address) }))["VEVENT", "ATTENDEE"];
        attendee.Value.ShouldBe(value);
        attendee.Address.ShouldBe(address);
    }

    [Fact]
    public void Whoever_has_not_said_yes_is_not_shown_as_coming() =>
        ReadCalendar.Of(VCalendar.Of(Plain with { HasAccepted = false }))["VEVENT", "ATTENDEE"].Parameters["PARTSTAT"].ShouldBe("NEEDS-ACTION");
}
