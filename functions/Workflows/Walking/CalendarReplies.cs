using Cohesion.Workflows.Calendars;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Stages.Attendance;
using NodaTime;

namespace Cohesion.Workflows.Walking;

/// <summary>What people said by their calendars, as answers of theirs. A person's latest word counts, however they gave it.</summary>
internal static class CalendarReplies
{
    /// <summary>What is to be recorded of it. Who shares an address is left out: nobody knows which of them answered.</summary>
    public static IEnumerable<Fact> News(Snapshot cycle, IReadOnlyCollection<Person> invited, IEnumerable<CalendarReply> replies, Instant now)
    {
        var alone = invited.GroupBy(person => person.Address, StringComparer.OrdinalIgnoreCase)
            .Where(sharing => sharing.Count() == 1)
            .ToDictionary(sharing => sharing.Key, sharing => sharing.Single().Id, StringComparer.OrdinalIgnoreCase);
        return replies.Where(reply => alone.ContainsKey(reply.Address)).SelectMany(reply => News(cycle, alone[reply.Address], reply, now));
    }

    private static IEnumerable<Fact> News(Snapshot cycle, PersonId person, CalendarReply reply, Instant now)
    {
        var round = cycle.RoundOf(StageIds.Scheduling)!.Round;
        if (cycle.Find<CalendarAnswered>(CalendarAnswered.RowOf(round, person)) is { } heard && heard.At >= reply.At)
        {
            return [];
        }

        var answered = new CalendarAnswered(round, person, reply.Comes, person, reply.At);
        return Counts(cycle, person, reply, now) ? [answered, Seating.Reply(cycle, person, reply.Comes, person, reply.At)] : [answered];
    }

    /// <summary>It changes what they said by their link before it; a yes as long as replies are taken.</summary>
    private static bool Counts(Snapshot cycle, PersonId person, CalendarReply reply, Instant now) =>
        cycle.RoundOf(StageIds.Attendance) is not null
        && Seating.Of(cycle, person).Reply is { } said
        && said.At < reply.At
        && said.Comes != reply.Comes
        && (!reply.Comes || ReplyForm.IsOpen(cycle, now));
}
