using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Testing;
using Cohesion.Workflows.Tests.Walking;
using NodaTime;
using static Cohesion.Workflows.Tests.Calendars.OneDate;

namespace Cohesion.Workflows.Tests.Calendars;

/// <summary>The calendar server is away or busy, its replies are lost, and turns meet or die over it.</summary>
public sealed class CalendarTroubleTests : OnACalendarServer
{
    [Fact]
    public async Task A_server_that_is_away_for_an_hour_is_told_later_and_nobody_is_troubled()
    {
        Server.IsAway = now => now < World.Start + Duration.FromHours(1);
        await Rest();
        Server.Events.ShouldBeEmpty();
        Process.Clock.MoveTo(World.Start + Duration.FromHours(1));
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
        (await Process.Turn()).NextWake.ShouldBe((Process.Clock.Now + Duration.FromMinutes(3)).ToDateTimeUtc());
    }

    [Theory]
    [InlineData(Mishap.None)]
    [InlineData(Mishap.ReplyLost)]
    public async Task Of_two_turns_at_once_the_one_that_began_earlier_does_not_have_the_last_word(Mishap mishap)
    {
        await SeatedGuest();
        var goesOn = new TaskCompletionSource();
        Process.BeforeCall = () => goesOn.Task;
        await Reply(await Process.Named("Participant 2"), comes: true);
        var earlier = Process.Turn();
        await Reply(await Process.Named("Participant 3"), comes: true);

        // The later one has told, and is about to note it.
        Process.BeforeCall = () =>
        {
            Process.BeforeOperation = GoOn;
            return Task.CompletedTask;
        };
        await Process.Turn();
        await GoOn();
        await Later(() => { });
        Server.Events.Single().Attendees.Select(one => one.Name)
            .ShouldBe(["Facilitator 1", Lead, "Coach 1", "Participant 1", "Participant 2", "Participant 3"], ignoreOrder: true);

        async Task GoOn()
        {
            Process.BeforeOperation = Process.BeforeCall = () => Task.CompletedTask;
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
        var lead = (await Process.Named(Lead)).Id;
        await Place("The hall");
        await Rest();
        await Unheard(() => Place("The school"));
        Server.Live.ShouldHaveSingleItem().Place.ShouldBe("The school");
        await Place("The hall");
        await Rest();
        Server.Live.ShouldHaveSingleItem().Place.ShouldBe("The hall");

        Task Place(string place) => Process.Record(new VenueTold(1, lead, place, lead, Process.Clock.Now));
    }

    [Fact]
    public async Task A_turn_that_dies_while_it_tells_keeps_the_next_from_it_for_five_minutes()
    {
        await Rest();
        (await Process.Product.Get<CalendarLeases>().TryTake(Process.Cycle, Process.Clock.Now)).ShouldNotBeNull();
        var now = Process.Clock.Now;
        await Process.Record(new StageOpened(StageIds.Scheduling, 2, now));
        (await Process.Turn()).NextWake.ShouldBe((now + CalendarLeases.LooksAgainAfter).ToDateTimeUtc());
        Server.Live.ShouldHaveSingleItem();
        Process.Clock.MoveTo(now + CalendarLeases.Term);
        await Rest();
        Server.Live.ShouldBeEmpty();
    }

    /// <summary>The server does as it is told of something, and its replies are lost.</summary>
    private async Task Unheard(Func<Task> happens)
    {
        await happens();
        Server.Mishaps = _ => Mishap.ReplyLost;
        await Rest();
        Server.Mishaps = _ => Mishap.None;
    }
}
