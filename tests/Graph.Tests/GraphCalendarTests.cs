using System.Text.Json.Nodes;
using Cohesion.Workflows.Calendars;
using Microsoft.AspNetCore.Http;
using NodaTime;

namespace Cohesion.Workflows.Graph.Tests;

/// <summary>What goes to Microsoft Graph, and what comes of its answers, over a socket.</summary>
public sealed class GraphCalendarTests : IAsyncLifetime
{
    private const string Transaction = "cycle-session-1";

    private static readonly Interval Evening = Hours(Instant.FromUtc(2027, 5, 19, 1, 0));
    private static readonly EventDraft Draft = new("Riverbend: learning session", "Call 604 555 0100.", Evening, "The hall", IsOnline: false);

    private GraphServer _server = null!;
    private GraphCalendar _calendar = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await GraphServer.Start();
        _calendar = Calendar(new Tokens("first"));
    }

    public async ValueTask DisposeAsync()
    {
        _calendar.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task An_event_is_made_in_utc_with_nobody_in_it_and_hides_who_comes()
    {
        (await _calendar.Create(Transaction, Draft)).ShouldBe(new CreatedEvent("1", IsAsDrafted: true));
        var (what, made) = (_server.Asked.Single().What, _server.Events.Single());
        what.ShouldBe($"POST /v1.0/users/{GraphServer.Organizer}/events");
        Text(made, "start", "dateTime").ShouldBe("2027-05-19T01:00:00");
        Text(made, "start", "timeZone").ShouldBe("UTC");
        Text(made, "end", "dateTime").ShouldBe("2027-05-19T03:00:00");
        Text(made, "location", "displayName").ShouldBe("The hall");
        made["hideAttendees"]!.GetValue<bool>().ShouldBeTrue();
        made["transactionId"]!.GetValue<string>().ShouldBe(Transaction);
        made["isOnlineMeeting"]!.GetValue<bool>().ShouldBeFalse();
        GraphServer.Attendees(made).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_session_by_video_too_gets_a_meeting()
    {
        await _calendar.Create(Transaction, Draft with { IsOnline = true });
        _server.Events.Single()["isOnlineMeeting"]!.GetValue<bool>().ShouldBeTrue();
        _server.Events.Single()["onlineMeetingProvider"]!.GetValue<string>().ShouldBe("teamsForBusiness");
    }

    [Fact]
    public async Task An_event_whose_reply_was_lost_is_found_again_not_made_again()
    {
        _server.DropsReply = call => call == 1;
        await Should.ThrowAsync<CalendarServiceException>(_calendar.Create(Transaction, Draft));
        (await _calendar.Create(Transaction, Draft)).ShouldBe(new CreatedEvent("1", IsAsDrafted: true));
        _server.Events.Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_same_of_another_draft_is_found_by_its_name_and_said_to_be_another()
    {
        await _calendar.Create(Transaction, Draft);
        (await _calendar.Create(Transaction, Draft with { Place = "Elsewhere" })).ShouldBe(new CreatedEvent("1", IsAsDrafted: false));
        _server.Events.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Each_change_names_nothing_but_what_changes()
    {
        await _calendar.Create(Transaction, Draft);
        await _calendar.Move("1", Hours(Instant.FromUtc(2027, 5, 20, 1, 0)));
        await _calendar.Relocate("1", null);
        await _calendar.Invite("1", [new CalendarUser("Dr. Alex Hill", "alex@clinic.example")]);
        Changes().ShouldBe(["start end", "location", "attendees"]);
        Text(_server.Events.Single(), "start", "dateTime").ShouldBe("2027-05-20T01:00:00");
        Text(_server.Events.Single(), "location", "displayName").ShouldBe("");
        GraphServer.Attendees(_server.Events.Single()).Select(one => Text(one, "emailAddress", "address")).ShouldBe(["alex@clinic.example"]);
    }

    [Fact]
    public async Task A_cancelled_event_is_cancelled_with_a_word_to_all()
    {
        await _calendar.Create(Transaction, Draft);
        await _calendar.Cancel("1", "It does not take place.");
        _server.Asked[^1].What.ShouldEndWith("/events/1/cancel");
        _server.Asked[^1].Body!["Comment"]!.GetValue<string>().ShouldBe("It does not take place.");
        _server.Events.ShouldBeEmpty();
    }

    [Fact]
    public async Task Yes_and_no_are_read_back_with_their_time_and_maybe_is_neither()
    {
        await _calendar.Create(Transaction, Draft);
        await _calendar.Invite("1", [User("yes"), User("no"), User("maybe"), User("silent")]);
        _server.Answer("yes@clinic.example", "accepted", "2027-04-01T10:00:00Z");
        _server.Answer("no@clinic.example", "declined", "2027-04-02T10:00:00Z");
        _server.Answer("maybe@clinic.example", "tentativelyAccepted", "2027-04-02T10:00:00Z");
        (await _calendar.Replies("1")).ShouldBe(
        [
            new CalendarReply("yes@clinic.example", Comes: true, Instant.FromUtc(2027, 4, 1, 10, 0)),
            new CalendarReply("no@clinic.example", Comes: false, Instant.FromUtc(2027, 4, 2, 10, 0)),
        ]);
    }

    [Fact]
    public async Task An_event_that_somebody_removed_is_gone_for_every_call()
    {
        await _calendar.Create(Transaction, Draft);
        _server.Remove("1");
        await Should.ThrowAsync<EventGoneException>(_calendar.Move("1", Evening));
        await Should.ThrowAsync<EventGoneException>(_calendar.Invite("1", []));
        await Should.ThrowAsync<EventGoneException>(_calendar.Cancel("1", ""));
        await Should.ThrowAsync<EventGoneException>(_calendar.Replies("1"));
    }

    /// <summary>It answers 404 to that as well.</summary>
    [Fact]
    public async Task A_mailbox_that_is_not_there_is_no_removed_event()
    {
        using var elsewhere = Calendar(new Tokens("first"), organizer: "nobody@division.example");
        var failure = await Should.ThrowAsync<CalendarServiceException>(elsewhere.Create(Transaction, Draft));
        failure.ShouldNotBeOfType<EventGoneException>();
    }

    [Theory]
    [InlineData(429, "17", 17)]
    [InlineData(503, "5", 5)]
    [InlineData(503, null, 60)]
    public async Task A_busy_service_says_when_it_can_be_asked_again(int status, string? retryAfter, int seconds)
    {
        _server.Refuses = _ => new Busy(status, retryAfter);
        var busy = await Should.ThrowAsync<CalendarBusyException>(_calendar.Create(Transaction, Draft));
        busy.After.ShouldBe(Duration.FromSeconds(seconds));
        _server.Asked.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_token_that_is_challenged_is_replaced_by_another()
    {
        using var calendar = Calendar(new Tokens("first", "second"));
        _server.Token = "second";
        (await calendar.Create(Transaction, Draft)).Id.ShouldBe("1");
    }

    [Fact]
    public async Task What_it_refuses_is_told_without_the_names_and_addresses_it_says()
    {
        _server.Refuses = _ => GraphServer.Error(400, "ErrorInvalidRecipients");
        var failure = await Should.ThrowAsync<CalendarServiceException>(_calendar.Create(Transaction, Draft));
        failure.ToString().ShouldContain("400 (ErrorInvalidRecipients)");
        failure.ToString().ShouldNotContain("alex@clinic.example");
    }

    [Fact]
    public async Task A_server_that_is_away_is_said_to_be_so()
    {
        await _server.DisposeAsync();
        await Should.ThrowAsync<CalendarServiceException>(_calendar.Create(Transaction, Draft));
    }

    [Fact]
    public async Task So_many_calls_are_under_way_at_once_and_no_more()
    {
        using var calls = new GraphCalls(atOnce: 4);
        var (started, open) = (0, new TaskCompletionSource());
        var all = Enumerable.Range(0, 12).Select(_ => calls.Make(_ => { started++; return open.Task; }, CancellationToken.None)).ToList();
        started.ShouldBe(4);
        open.SetResult();
        await Task.WhenAll(all);
        started.ShouldBe(12);
    }

    [Fact]
    public async Task Who_is_busy_is_known_of_those_whose_calendar_it_keeps()
    {
        var week = new Interval(Instant.FromUtc(2027, 5, 17, 0, 0), Instant.FromUtc(2027, 5, 24, 0, 0));
        (await _calendar.Busy("alex@division.example", week))
            .ShouldBe([new Interval(Instant.FromUtc(2027, 5, 18, 17, 30), Instant.FromUtc(2027, 5, 18, 18, 30))]);
        (await _calendar.Busy("alex@clinic.example", week)).ShouldBeEmpty();
    }

    private static CalendarUser User(string name) => new(name, $"{name}@clinic.example");

    private static Interval Hours(Instant starts) => new(starts, starts + Duration.FromHours(2));

    private static string Text(JsonNode node, string name, string part) => node[name]![part]!.GetValue<string>();

    private GraphCalendar Calendar(Tokens tokens, string organizer = GraphServer.Organizer)
    {
        var settings = new GraphSettings(organizer) { Address = _server.Address };
        return new GraphCalendar(GraphServices.ClientOf(settings, tokens), settings);
    }

    private IEnumerable<string> Changes() => _server.Asked.Where(asked => asked.What.StartsWith("PATCH", StringComparison.Ordinal))
        .Select(asked => string.Join(' ', asked.Body!.AsObject().Select(property => property.Key).Where(name => name[0] != '@').OrderDescending()));

    /// <summary>A refusal with a header.</summary>
    private sealed class Busy(int status, string? retryAfter) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.RetryAfter = retryAfter;
            return GraphServer.Error(status, "ApplicationThrottled").ExecuteAsync(httpContext);
        }
    }
}
