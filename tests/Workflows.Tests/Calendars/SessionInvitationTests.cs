using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Testing;
using Cohesion.Workflows.Tests.Walking;
using NodaTime;
using static Cohesion.Workflows.Tests.Calendars.OneDate;

namespace Cohesion.Workflows.Tests.Calendars;

/// <summary>The session in the calendars of those who are bound by it.</summary>
public sealed class SessionInvitationTests : IDisposable
{
    private OneProcess _process = null!;

    [Fact]
    public async Task A_date_that_is_fixed_comes_to_facilitators_lead_and_coach_as_one_event()
    {
        await FixTheDate();
        var read = Invited().ToDictionary(mail => mail.Name, mail => ReadCalendar.Of(mail.Calendar!.Text), StringComparer.Ordinal);

        read.Keys.ShouldBe(["Facilitator 1", Lead, "Coach 1"], ignoreOrder: true);
        read.Values.Select(one => one["VEVENT", "UID"].Text).Distinct().ShouldBe([$"{_process.Cycle}-session"]);
        foreach (var (name, calendar) in read)
        {
            calendar["VCALENDAR", "METHOD"].Value.ShouldBe("REQUEST");
            calendar["VEVENT", "DTSTART"].Utc.ShouldBe(new DateTime(2027, 5, 28, 1, 0, 0, DateTimeKind.Utc));
            calendar["VEVENT", "DTEND"].Utc.ShouldBe(new DateTime(2027, 5, 28, 3, 0, 0, DateTimeKind.Utc));
            calendar["VEVENT", "ATTENDEE"].Parameters["CN"].ShouldBe(name);
            calendar["VEVENT", "ORGANIZER"].Parameters["CN"].ShouldBe(Townsfolk.Coordinator);
        }
    }

    [Fact]
    public async Task Only_who_marked_the_date_is_shown_as_coming()
    {
        await FixTheDate();
        var coming = Invited().Where(mail => ReadCalendar.Of(mail.Calendar!.Text)["VEVENT", "ATTENDEE"].Parameters["PARTSTAT"] == "ACCEPTED");
        coming.Select(mail => mail.Name).ShouldBe(["Facilitator 1"]);
    }

    [Fact]
    public async Task A_date_that_another_round_fixes_moves_the_event()
    {
        await FixTheDate();
        await Record(
            new StageOpened(StageIds.Scheduling, 2, _process.Clock.Now),
            new SessionDated(StageIds.Scheduling, 2, _process.Clock.Now, Evening.PlusDays(7), "America/Vancouver"));
        await _process.SendAll();

        var read = Invited().Where(mail => mail.Name == Lead).Select(mail => ReadCalendar.Of(mail.Calendar!.Text)).ToList();
        read.Select(one => one["VEVENT", "SEQUENCE"].Value).ShouldBe(["0", "1"]);
        read.Select(one => one["VEVENT", "UID"].Value).Distinct().Count().ShouldBe(1);
        read[1]["VEVENT", "DTSTART"].Utc.ShouldBe(new DateTime(2027, 6, 4, 1, 0, 0, DateTimeKind.Utc));
    }

    /// <summary>Wherever a turn stands while another takes the date out of calendars, and dies before it has freed anybody.</summary>
    [Theory]
    [MemberData(nameof(Operations))]
    public async Task A_turn_that_another_overtakes_and_dies_leaves_nobody_bound_by_a_date_that_fell(int operation)
    {
        await FixTheDate();
        (await Booked()).ShouldBe([Evening]);
        await _process.Record(new StageOpened(StageIds.Scheduling, 2, _process.Clock.Now));
        await OvertakenAt(operation);
        await _process.Turn();
        await _process.Turn();
        (await Booked()).ShouldBeEmpty();
    }

    public static TheoryData<int> Operations => [.. Enumerable.Range(1, 12)];

    [Fact]
    public async Task Made_moved_twice_and_cancelled_it_is_one_event_in_four_valid_messages_and_the_time_is_free_again()
    {
        await FixTheDate();
        foreach (var round in new[] { 2, 3 })
        {
            await Record(
                new StageOpened(StageIds.Scheduling, round, _process.Clock.Now),
                new SessionDated(StageIds.Scheduling, round, _process.Clock.Now, Evening.PlusDays(7 * round), "America/Vancouver"));
            await _process.SendAll();
        }

        (await Booked()).ShouldBe([Evening.PlusDays(21)]);
        await Record(new StageOpened(StageIds.Scheduling, 4, _process.Clock.Now));
        await _process.SendAll();

        var read = Invited().Where(mail => mail.Name == Lead).Select(mail => ReadCalendar.Of(mail.Calendar!.Text)).ToList();
        read.Select(one => one["VCALENDAR", "METHOD"].Value).ShouldBe(["REQUEST", "REQUEST", "REQUEST", "CANCEL"]);
        read.Select(one => one["VEVENT", "SEQUENCE"].Value).ShouldBe(["0", "1", "2", "3"]);
        read.Select(one => one["VEVENT", "UID"].Value).Distinct().Count().ShouldBe(1);
        read[3]["VEVENT", "STATUS"].Value.ShouldBe("CANCELLED");
        (await Booked()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_a_date_that_falls_before_anybody_heard_of_it_nobody_is_told_and_the_one_before_is_taken_out_at_once()
    {
        await FixTheDate();
        await Record(
            new StageOpened(StageIds.Scheduling, 2, _process.Clock.Now),
            new SessionDated(StageIds.Scheduling, 2, _process.Clock.Now, Evening.PlusDays(7), "America/Vancouver"));
        await Record(new StageOpened(StageIds.Scheduling, 3, _process.Clock.Now));
        await _process.SendAll();
        (await _process.Product.Get<Wakes>().Find(_process.Cycle))!.IsDue(_process.Clock.Now).ShouldBeTrue();
        await _process.Turn();
        await _process.SendAll();

        var read = Invited().Where(mail => mail.Name == Lead).Select(mail => ReadCalendar.Of(mail.Calendar!.Text)).ToList();
        read.Select(one => one["VCALENDAR", "METHOD"].Value).ShouldBe(["REQUEST", "CANCEL"]);
        read.Select(one => one["VEVENT", "UID"].Value).Distinct().Count().ShouldBe(1);
        Invited().Last(mail => mail.Name == Lead).Subject.ShouldContain("27 May");
    }

    [Fact]
    public async Task A_seat_comes_with_the_session_as_accepted_and_given_back_it_is_taken_out()
    {
        await FixTheDate();
        var guest = await _process.Named("Participant 1");
        await Record(new StageOpened(StageIds.Attendance, 1, _process.Clock.Now), Seats(guest, comes: true));
        await _process.SendAll();
        await Record(Seats(guest, comes: false));
        await _process.SendAll();

        var read = Invited().Where(mail => mail.Name == guest.Name).Select(mail => ReadCalendar.Of(mail.Calendar!.Text)).ToList();
        read.Select(one => one["VCALENDAR", "METHOD"].Value).ShouldBe(["REQUEST", "CANCEL"]);
        read.Select(one => one["VEVENT", "SEQUENCE"].Value).ShouldBe(["0", "1"]);
        read[0]["VEVENT", "ATTENDEE"].Parameters["PARTSTAT"].ShouldBe("ACCEPTED");
        read[0]["VEVENT", "ATTENDEE"].Parameters["RSVP"].ShouldBe("FALSE");
        _process.Mail.Delivered.Where(mail => mail.Mail.Calendar is not null).ShouldAllBe(mail => mail.Messages.Count == 1);
    }

    [Fact]
    public async Task An_invitation_goes_alone_whatever_else_waits()
    {
        await Start();
        var lead = (await _process.Snapshot()).Members(Role.DivisionLead)[0];
        await _process.Product.Get<PostOffice>().Insert(
            Enumerable.Range(0, 3).Select(i => new MessageKey("-", "-", "sign-in", lead, $"minute-{i}")), _process.Clock.Now);
        await FixTheDate(isStarted: true);

        var mails = _process.Mail.Delivered.Where(mail => mail.Mail.Name == Lead && mail.Messages.Count > 0).ToList();
        mails.Count(mail => mail.Mail.Calendar is not null).ShouldBe(1);
        mails.Single(mail => mail.Mail.Calendar is not null).Messages.Select(key => key.Kind).ShouldBe(["fixed"]);
        mails.SelectMany(mail => mail.Messages).Count(key => key.Kind == "sign-in").ShouldBe(3);
    }

    public void Dispose() => _process.Dispose();

    private async Task Start() => _process = await OneProcess.KickedOff();

    private async Task FixTheDate(bool isStarted = false)
    {
        if (!isStarted)
        {
            await Start();
        }

        await _process.FixTheDate();
        await _process.Turn();
        await _process.SendAll();
    }

    /// <summary>A turn stands still before one of its operations while another takes its own, which dies as soon as something is in the outbox.</summary>
    private async Task OvertakenAt(int operation)
    {
        var taken = 0;
        _process.BeforeOperation = async () =>
        {
            if (++taken == operation)
            {
                _process.BeforeOperation = DieOverTheOutbox;
                await ((Task)_process.Turn()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                _process.BeforeOperation = () => Task.CompletedTask;
            }
        };
        await _process.Turn();
        _process.BeforeOperation = () => Task.CompletedTask;
    }

    private async Task DieOverTheOutbox()
    {
        var outbox = await _process.Records.Query(RowRange.StartingWith(Rows.CyclePartition(_process.Cycle), Rows.Outbox));
        if (outbox.Records.Count > 0)
        {
            throw new CrashException();
        }
    }

    private Replied Seats(Person guest, bool comes) => new(1, guest.Id, comes, guest.Id, _process.Clock.Now);

    /// <summary>When the Division lead is bound, seen from elsewhere.</summary>
    private async Task<IEnumerable<LocalDateTime>> Booked()
    {
        var lead = (await _process.Named(Lead)).Id;
        var elsewhere = await Bookings.Elsewhere(_process.Records, CycleId.From("elsewhere"), [lead], default);
        return elsewhere.Bookings[lead].Select(booking => booking.Starts.InZone(DateTimeZoneProviders.Tzdb["America/Vancouver"]).LocalDateTime);
    }

    private async Task Record(params Fact[] facts)
    {
        await _process.Record(facts);
        await _process.Turn();
    }

    private IEnumerable<Mail> Invited() => _process.Mail.Delivered.Select(mail => mail.Mail).Where(mail => mail.Calendar is not null);
}
