using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Testing;
using Cohesion.Workflows.Tests.Walking;
using Cohesion.Workflows.Walking;
using NodaTime;
using static Cohesion.Workflows.Tests.Calendars.OneDate;

namespace Cohesion.Workflows.Tests.Calendars;

/// <summary>A calendar server holds the session, in place of mail.</summary>
public sealed class SessionCalendarTests : IAsyncLifetime
{
    private OneProcess _process = null!;

    private CalendarServer Server => _process.Calendar!;

    /// <summary>Facilitator 1 leads; the date is fixed.</summary>
    public async ValueTask InitializeAsync()
    {
        _process = await OneProcess.KickedOff(hasCalendarServer: true);
        await _process.FixTheDate();
    }

    public ValueTask DisposeAsync()
    {
        _process.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Who_is_bound_by_the_date_is_in_one_event_and_no_mail_carries_it()
    {
        await Rest();
        var held = Server.Events.ShouldHaveSingleItem();
        held.Time.ShouldBe(new Interval(Instant.FromUtc(2027, 5, 28, 1, 0), Instant.FromUtc(2027, 5, 28, 3, 0)));
        held.Draft.Summary.ShouldBe("Bowen Island: learning session");
        held.Attendees.Select(one => one.Name).ShouldBe(["Facilitator 1", Lead, "Coach 1"], ignoreOrder: true);
        _process.Mail.Delivered.ShouldContain(mail => mail.Messages.Any(key => key.Kind == "fixed"));
        _process.Mail.Delivered.ShouldAllBe(mail => mail.Mail.Calendar == null);
    }

    [Fact]
    public async Task Who_gets_a_seat_comes_in_and_who_gives_it_back_goes_out_and_nobody_else_hears_of_it()
    {
        await Rest();
        var guest = await SeatedGuest();
        await Reply(guest, comes: false);
        await Rest();
        Server.Events.Single().Told.Skip(3).ShouldBe([$"in {guest.Address}", $"out {guest.Address}"]);
    }

    [Fact]
    public async Task A_date_that_moves_and_a_place_that_follows_change_the_same_event()
    {
        await Rest();
        await Date(2, Evening.PlusDays(7));
        await _process.Record(new VenueTold(2, (await _process.Named(Lead)).Id, "The hall", (await _process.Named(Lead)).Id, _process.Clock.Now));
        await Rest();
        var held = Server.Live.ShouldHaveSingleItem();
        held.Told.Skip(3).ShouldBe(["moved", "placed"]);
        (held.Place, held.Time.Start).ShouldBe(("The hall", Instant.FromUtc(2027, 6, 4, 1, 0)));
    }

    [Fact]
    public async Task A_date_that_falls_is_cancelled_and_the_next_one_is_another_event()
    {
        await Rest();
        var now = _process.Clock.Now;
        await _process.Record(new StageOpened(StageIds.Scheduling, 2, now));
        await Rest();
        Server.Live.ShouldBeEmpty();
        await _process.Record(new SessionDated(StageIds.Scheduling, 2, now, Evening.PlusDays(7), Townsfolk.Zone));
        await Rest();
        Server.Live.ShouldHaveSingleItem().Attendees.Count.ShouldBe(3);
        Server.Events.Count.ShouldBe(2);
    }

    [Fact]
    public async Task An_event_that_somebody_removed_is_never_made_again_and_the_coordinator_is_told()
    {
        await Rest();
        Server.Events.Single().IsRemoved = true;
        await SeatedGuest();
        await NextMorning();
        Server.Live.ShouldBeEmpty();
        Coordinators("event-gone").ShouldBe(1);
        await NextMorning();
        Coordinators("event-gone").ShouldBe(1);
    }

    [Fact]
    public async Task A_server_that_is_away_for_an_hour_is_told_later_and_nobody_is_troubled()
    {
        Server.IsAway = now => now < World.Start + Duration.FromHours(1);
        await Rest();
        Server.Events.ShouldBeEmpty();
        _process.Clock.MoveTo(World.Start + Duration.FromHours(1));
        await Rest();
        Server.Live.ShouldHaveSingleItem().Attendees.Count.ShouldBe(3);
        await NextMorning();
        Coordinators("event-failing").ShouldBe(0);
    }

    [Fact]
    public async Task A_server_that_is_away_for_longer_is_told_of_to_the_coordinator()
    {
        Server.IsAway = _ => true;
        await Rest();
        await NextMorning();
        await NextMorning();
        Coordinators("event-failing").ShouldBe(1);
    }

    [Fact]
    public async Task A_busy_server_is_asked_again_when_it_says()
    {
        Server.Mishaps = call => call == 1 ? Mishap.Busy : Mishap.None;
        (await _process.Turn()).NextWake.ShouldBe((_process.Clock.Now + Duration.FromMinutes(3)).ToDateTimeUtc());
    }

    [Theory]
    [InlineData(Mishap.None)]
    [InlineData(Mishap.ReplyLost)]
    public async Task Of_two_turns_at_once_the_one_that_began_earlier_does_not_have_the_last_word(Mishap mishap)
    {
        await SeatedGuest();
        var goesOn = new TaskCompletionSource();
        _process.BeforeCall = () => goesOn.Task;
        await Reply(await _process.Named("Participant 2"), comes: true);
        var earlier = _process.Turn();
        await Reply(await _process.Named("Participant 3"), comes: true);

        // The later one has told, and is about to note it.
        _process.BeforeCall = () =>
        {
            _process.BeforeOperation = GoOn;
            return Task.CompletedTask;
        };
        await _process.Turn();
        await GoOn();
        await Later(() => { });
        Server.Events.Single().Attendees.Select(one => one.Name)
            .ShouldBe(["Facilitator 1", Lead, "Coach 1", "Participant 1", "Participant 2", "Participant 3"], ignoreOrder: true);

        async Task GoOn()
        {
            _process.BeforeOperation = _process.BeforeCall = () => Task.CompletedTask;
            Server.Mishaps = _ => mishap;
            goesOn.TrySetResult();
            await earlier;
            Server.Mishaps = _ => Mishap.None;
        }
    }

    [Fact]
    public async Task A_seat_that_is_given_back_and_taken_again_is_told_where_nobody_knows_what_was_heard_of_it()
    {
        var guest = await SeatedGuest();
        await Unheard(() => Reply(guest, comes: false));
        Server.Events.Single().Attendees.ShouldNotContain(one => one.Address == guest.Address);
        await Reply(guest, comes: true);
        await Rest();
        Server.Events.Single().Attendees.ShouldContain(one => one.Address == guest.Address);
    }

    [Fact]
    public async Task A_date_that_moves_and_comes_back_is_told_where_nobody_knows_what_was_heard_of_it()
    {
        await Rest();
        await Unheard(() => Date(2, Evening.PlusDays(7)));
        Server.Live.ShouldHaveSingleItem().Time.Start.ShouldBe(Instant.FromUtc(2027, 6, 4, 1, 0));
        await Date(3, Evening);
        await Rest();
        Server.Live.ShouldHaveSingleItem().Time.Start.ShouldBe(Instant.FromUtc(2027, 5, 28, 1, 0));
    }

    [Fact]
    public async Task A_place_that_changes_and_changes_back_is_told_where_nobody_knows_what_was_heard_of_it()
    {
        var lead = (await _process.Named(Lead)).Id;
        await Place("The hall");
        await Rest();
        await Unheard(() => Place("The school"));
        Server.Live.ShouldHaveSingleItem().Place.ShouldBe("The school");
        await Place("The hall");
        await Rest();
        Server.Live.ShouldHaveSingleItem().Place.ShouldBe("The hall");

        Task Place(string place) => _process.Record(new VenueTold(1, lead, place, lead, _process.Clock.Now));
    }

    [Fact]
    public async Task A_turn_that_dies_while_it_tells_keeps_the_next_from_it_for_five_minutes()
    {
        await Rest();
        (await _process.Product.Get<CalendarLeases>().TryTake(_process.Cycle, _process.Clock.Now)).ShouldNotBeNull();
        var now = _process.Clock.Now;
        await _process.Record(new StageOpened(StageIds.Scheduling, 2, now));
        (await _process.Turn()).NextWake.ShouldBe((now + CalendarLeases.LooksAgainAfter).ToDateTimeUtc());
        Server.Live.ShouldHaveSingleItem();
        _process.Clock.MoveTo(now + CalendarLeases.Term);
        await Rest();
        Server.Live.ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_declines_in_their_calendar_after_a_yes_by_link_gives_their_seat_back()
    {
        var guest = await SeatedGuest();
        await Later(() => Server.Answer(guest.Address, comes: false));
        (await Said(guest)).ShouldBe((Comes: false, ByCalendar: false));
        Server.Events.Single().Attendees.ShouldNotContain(one => one.Address == guest.Address);
    }

    [Fact]
    public async Task A_later_yes_by_link_stands_above_what_the_calendar_said_before()
    {
        var guest = await SeatedGuest();
        await Later(() => Server.Answer(guest.Address, comes: false));
        _process.Clock.MoveTo(_process.Clock.Now + Duration.FromHours(1));
        await Reply(guest, comes: true);
        await Rest();
        (await Said(guest)).ShouldBe((Comes: true, ByCalendar: false));
        Server.Events.Single().Attendees.ShouldContain(one => one.Address == guest.Address);
    }

    [Fact]
    public async Task Of_two_who_share_an_address_nobody_knows_which_of_them_declined()
    {
        var (guest, other) = (await SeatedGuest(), await _process.Named("Participant 2"));
        await _process.Product.Get<People>().Move(other, guest.Address);
        await Reply(other, comes: true);
        await Later(() => Server.Answer(guest.Address, comes: false));
        (await _process.Snapshot()).All<Replied>().ShouldAllBe(reply => reply.Comes);
        Server.Events.Single().Attendees.Count(one => one.Address == guest.Address).ShouldBe(1);
    }

    [Fact]
    public async Task Whose_address_is_corrected_is_invited_there()
    {
        var guest = await SeatedGuest();
        await _process.Product.Get<People>().Move(guest, "office@clinic.example.test");
        await _process.Record(new AddressCorrected(1, guest.Id, 1, (await _process.Snapshot()).Coordinator, _process.Clock.Now));
        await Rest();
        Server.Events.Single().Told.TakeLast(2).ShouldBe(["in office@clinic.example.test", $"out {guest.Address}"]);
    }

    [Fact]
    public async Task A_facilitator_who_declines_is_told_of_to_the_coordinator_and_stays_bound()
    {
        await Rest();
        await Later(() => Server.Answer(Townsfolk.AddressOf("Facilitator 1"), comes: false));
        await NextMorning();
        Coordinators("declined").ShouldBe(1);
        Server.Events.Single().Attendees.ShouldContain(one => one.Name == "Facilitator 1");
    }

    [Fact]
    public async Task A_community_without_a_calendar_service_has_its_sessions_by_mail()
    {
        using var process = await OneProcess.KickedOff();
        (await process.Snapshot()).KickOff.Calendar.ShouldBe(CalendarCarrier.Mail);
    }

    [Fact]
    public async Task Who_chooses_a_date_sees_when_their_calendar_is_full()
    {
        var (cycle, lead) = (await _process.Snapshot(), await _process.Named(Lead));
        Server.BusyTimes = _ => [new Interval(Instant.FromUtc(2027, 5, 28, 0, 30), Instant.FromUtc(2027, 5, 28, 1, 30))];
        (await Busy(cycle, lead, Evening, Evening.PlusDays(1))).ShouldBe([Evening]);
        Server.IsAway = _ => true;
        (await Busy(cycle, lead, Evening)).ShouldBeEmpty();
    }

    private Task<System.Collections.Immutable.ImmutableHashSet<LocalDateTime>> Busy(Snapshot cycle, Person person, params LocalDateTime[] slots) =>
        _process.Product.Get<SessionCalendar>().BusyAt(cycle, person, slots);

    private Task<bool> Date(int round, LocalDateTime starts)
    {
        var now = _process.Clock.Now;
        return _process.Record(new StageOpened(StageIds.Scheduling, round, now), new SessionDated(StageIds.Scheduling, round, now, starts, Townsfolk.Zone));
    }

    private async Task<Person> SeatedGuest()
    {
        var guest = await _process.Named("Participant 1");
        await _process.Record(new StageOpened(StageIds.Attendance, 1, _process.Clock.Now));
        await Reply(guest, comes: true);
        await Rest();
        return guest;
    }

    /// <summary>The server does as it is told of something, and its replies are lost.</summary>
    private async Task Unheard(Func<Task> happens)
    {
        await happens();
        Server.Mishaps = _ => Mishap.ReplyLost;
        await Rest();
        Server.Mishaps = _ => Mishap.None;
    }

    private Task<bool> Reply(Person guest, bool comes) => _process.Record(new Replied(1, guest.Id, comes, guest.Id, _process.Clock.Now));

    private async Task<(bool Comes, bool ByCalendar)> Said(Person guest)
    {
        var cycle = await _process.Snapshot();
        return (cycle.All<Replied>().Single(reply => reply.Person == guest.Id).Comes, cycle.Find<CalendarAnswered>(CalendarAnswered.RowOf(1, guest.Id))!.Comes);
    }

    /// <summary>An hour later something happens at the server, and the cycle takes a turn.</summary>
    private async Task Later(Action happens)
    {
        _process.Clock.MoveTo(_process.Clock.Now + Duration.FromHours(1));
        happens();
        await Rest();
    }

    private async Task NextMorning()
    {
        _process.Clock.MoveTo(_process.Clock.Now + Duration.FromDays(1));
        await Rest();
    }

    /// <summary>Turns until none is due at once, and all mail.</summary>
    private async Task Rest()
    {
        for (var turn = 0; (await _process.Turn()).NextWake <= _process.Clock.Now.ToDateTimeUtc(); turn++)
        {
            turn.ShouldBeLessThan(20);
        }

        await _process.SendAll();
    }

    private int Coordinators(string kind) => _process.Mail.Delivered
        .Where(mail => mail.Mail.Name == Townsfolk.Coordinator)
        .SelectMany(mail => mail.Messages)
        .Count(key => key.Kind == kind);
}
