using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Tests.Walking;
using NodaTime;

namespace Cohesion.Workflows.Tests.Cycles;

public sealed class SnapshotTests
{
    private static readonly Instant Now = Instant.FromUtc(2027, 6, 1, 12, 0);

    [Fact]
    public async Task What_a_changed_snapshot_holds_stands_in_the_order_of_a_new_one()
    {
        var before = await KickedOff();
        var people = before.Members(Role.Participant);
        var after = people.Reverse().Aggregate(before, (cycle, person) => cycle.With([new Replied(1, person, Comes: true, person, Now)]));
        var changed = after.With([new Replied(1, people[1], Comes: false, people[1], Now)]);
        changed.All<Replied>().ShouldBe(Anew(changed).All<Replied>());
        changed.All<Replied>().Count().ShouldBe(people.Count);
        before.All<Replied>().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_row_holds_one_fact_whatever_its_type()
    {
        var confirmed = (await KickedOff()).With([new AttendanceConfirmed(StageIds.Attendance, 1, Now)]);
        var postponed = confirmed.With([new SessionPostponed(StageIds.Attendance, 1, Now, default, 1)]);
        postponed.All<AttendanceConfirmed>().ShouldBeEmpty();
        postponed.All<SessionPostponed>().ShouldHaveSingleItem();
        confirmed.All<AttendanceConfirmed>().ShouldHaveSingleItem();
    }

    private static async Task<Snapshot> KickedOff()
    {
        using var process = await OneProcess.KickedOff();
        return await process.Snapshot();
    }

    private static Snapshot Anew(Snapshot cycle) => new(cycle.Cycle, cycle.Facts, cycle.Elsewhere);
}
