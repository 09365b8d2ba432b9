using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;

namespace Cohesion.Workflows.Stages.Attendance;

/// <summary>A participant gets only so many mails before a session, whatever happens. A page says everything that a mail leaves out.</summary>
internal static class MailCeiling
{
    /// <summary>What a participant has been sent stays wanted; of the rest, what comes first in the list, while there is room.</summary>
    public static IEnumerable<WantedMessage> Keep(StageRound round, IEnumerable<WantedMessage> messages) =>
        messages.GroupBy(message => message.Key.Person).SelectMany(ofOne =>
        {
            var room = Room(round, ofOne.Key);
            return ofOne.Where(message => round.Snapshot.IssuedOf(message.Key) is { Withdrawn: null } || room-- > 0);
        });

    public static bool HasRoom(StageRound round, PersonId person) => Room(round, person) > 0;

    private static bool IsOf(StageRound round, Issued issued) =>
        issued.Withdrawn is null && issued.Key.Occasion.StartsWith($"r{round.Number}-", StringComparison.Ordinal);

    private static int Room(StageRound round, PersonId person) =>
        round.Policy.Attendance.MailsBeforeSession - round.Snapshot.IssuedTo(round.Stage, person)
            .Count(issued => IsOf(round, issued));
}
