using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Testing;
using Cohesion.Workflows.Tests.Walking;
using Cohesion.Workflows.Walking;
using NodaTime;
using static Cohesion.Workflows.Tests.Calendars.OneDate;

namespace Cohesion.Workflows.Tests.Calendars;

/// <summary>What a calendar server is told of the session, and what people say there.</summary>
public sealed class SessionCalendarTests : OnACalendarServer
{
    [Fact]
    public async Task Who_is_bound_by_the_date_is_in_one_event_and_no_mail_carries_it()
    {
        await Rest();
        var held = Server.Events.ShouldHaveSingleItem();
        held.Time.ShouldBe(new Interval(Instant.FromUtc(2027, 5, 28, 1, 0), Instant.FromUtc(2027, 5, 28, 3, 0)));
        held.Draft.Summary.ShouldBe("Bowen Island: learning session");
        held.Attendees.Select(one => one.Name).ShouldBe(["Facilitator 1", Lead, "Coach 1"], ignoreOrder: true);
        Process.Mail.Delivered.ShouldContain(mail => mail.Messages.Any(key => key.Kind == "fixed"));
        Process.Mail.Delivered.ShouldAllBe(mail => mail.Mail.Calendar == null);
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
        await Process.Record(new VenueTold(2, (await Process.Named(Lead)).Id, "The hall", (await Process.Named(Lead)).Id, Process.Clock.Now));
        await Rest();
        var held = Server.Live.ShouldHaveSingleItem();
        held.Told.Skip(3).ShouldBe(["moved", "placed"]);
        (held.Place, held.Time.Start).ShouldBe(("The hall", Instant.FromUtc(2027, 6, 4, 1, 0)));
    }

    [Fact]
    public async Task A_date_that_falls_is_cancelled_and_the_next_one_is_another_event()
    {
        await Rest();
        var now = Process.Clock.Now;
        await Process.Record(new StageOpened(StageIds.Scheduling, 2, now));
        await Rest();
        Server.Live.ShouldBeEmpty();
        await Process.Record(new SessionDated(StageIds.Scheduling, 2, now, Evening.PlusDays(7), Townsfolk.Zone));
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
        Process.Clock.MoveTo(Process.Clock.Now + Duration.FromHours(1));
        await Reply(guest, comes: true);
        await Rest();
        (await Said(guest)).ShouldBe((Comes: true, ByCalendar: false));
        Server.Events.Single().Attendees.ShouldContain(one => one.Address == guest.Address);
    }

    [Fact]
    public async Task Of_two_who_share_an_address_nobody_knows_which_of_them_declined()
    {
        var (guest, other) = (await SeatedGuest(), await Process.Named("Participant 2"));
        await Process.Product.Get<People>().Move(other, guest.Address);
        await Reply(other, comes: true);
        await Later(() => Server.Answer(guest.Address, comes: false));
        (await Process.Snapshot()).All<Replied>().ShouldAllBe(reply => reply.Comes);
        Server.Events.Single().Attendees.Count(one => one.Address == guest.Address).ShouldBe(1);
    }

    [Fact]
    public async Task Whose_address_is_corrected_is_invited_there()
    {
        var guest = await SeatedGuest();
        await Process.Product.Get<People>().Move(guest, "office@clinic.example.test");
        await Process.Record(new AddressCorrected(1, guest.Id, 1, (await Process.Snapshot()).Coordinator, Process.Clock.Now));
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
        var (cycle, lead) = (await Process.Snapshot(), await Process.Named(Lead));
        Server.BusyTimes = _ => [new Interval(Instant.FromUtc(2027, 5, 28, 0, 30), Instant.FromUtc(2027, 5, 28, 1, 30))];
        (await Busy(cycle, lead, Evening, Evening.PlusDays(1))).ShouldBe([Evening]);
        Server.IsAway = _ => true;
        (await Busy(cycle, lead, Evening)).ShouldBeEmpty();
    }

    private Task<System.Collections.Immutable.ImmutableHashSet<LocalDateTime>> Busy(Snapshot cycle, Person person, params LocalDateTime[] slots) =>
        Process.Product.Get<SessionCalendar>().BusyAt(cycle, person, slots);

    private async Task<(bool Comes, bool ByCalendar)> Said(Person guest)
    {
        var cycle = await Process.Snapshot();
        return (cycle.All<Replied>().Single(reply => reply.Person == guest.Id).Comes, cycle.Find<CalendarAnswered>(CalendarAnswered.RowOf(1, guest.Id))!.Comes);
    }
}
