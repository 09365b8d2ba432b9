using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Testing;
using NodaTime;

namespace Cohesion.Workflows.Tests.Records;

public sealed class BookingsTests
{
    private static readonly Instant Evening = Instant.FromUtc(2027, 5, 28, 1, 0);
    private static readonly PersonId Ada = PersonId.From("ada");
    private static readonly CycleId Here = CycleId.From("here");

    private readonly MemoryRecordStore _records = new();

    [Theory]
    [InlineData(-121, false)]
    [InlineData(-119, true)]
    [InlineData(0, true)]
    [InlineData(119, true)]
    [InlineData(120, false)]
    public async Task A_session_elsewhere_binds_a_person_while_it_lasts(int minutes, bool binds)
    {
        await Book("elsewhere", Evening);
        var from = Evening + Duration.FromMinutes(minutes);
        (await Read()).IsBooked(Ada, new Interval(from, from + Duration.FromMinutes(120))).ShouldBe(binds);
    }

    [Fact]
    public async Task A_cycles_own_session_does_not_bind_its_people()
    {
        await Book("here", Evening);
        (await Read()).IsBooked(Ada, new Interval(Evening, Evening + Duration.FromHours(1))).ShouldBeFalse();
    }

    [Fact]
    public async Task A_session_that_is_booked_again_replaces_the_earlier_booking()
    {
        await Book("elsewhere", Evening);
        await Book("elsewhere", Evening + Duration.FromDays(1));
        (await Read()).IsBooked(Ada, new Interval(Evening, Evening + Duration.FromHours(1))).ShouldBeFalse();
    }

    private Task Book(string cycle, Instant starts) =>
        Bookings.Book(_records, Ada, new Booking(CycleId.From(cycle), starts, starts + Duration.FromHours(2)), default);

    private Task<Elsewhere> Read() => Bookings.Elsewhere(_records, Here, [Ada], default);
}
