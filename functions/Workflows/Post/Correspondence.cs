using System.Text;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Web;
using NodaTime;

namespace Cohesion.Workflows.Post;

/// <summary>A name and the address that goes with it.</summary>
public sealed record Mailbox(string Name, string Address);

/// <summary>In whose name a community's mail goes out, and who reads what people reply to it.</summary>
public sealed class Correspondence(People people, Absences absences, BouncedAddresses bounced)
{
    /// <summary>A participant hears from the colleague who leads the session, once one does, everybody else from the Division.</summary>
    /// <returns>Null for the community's coordinator: theirs is the installation's mail.</returns>
    public async Task<string?> NameFor(Person reader, Snapshot cycle, CancellationToken cancel)
    {
        if (reader.Id == cycle.Coordinator)
        {
            return null;
        }

        var leaders = cycle.Members(Role.Participant).Contains(reader.Id) ? cycle.Leading().Except([reader.Id]).ToList() : [];
        return leaders is [var first, ..]
            ? (await people.Get(first, cancel)).Name
            : Say.Text(LetterTexts.Division, cycle.KickOff.Community);
    }

    /// <summary>The Division's staff where it has any and they can be reached, else the coordinator; never the reader.</summary>
    /// <returns>Null where nobody is left: then the installation's own mailbox reads it.</returns>
    public async Task<Mailbox?> RepliesTo(Person reader, Snapshot cycle, Instant now, CancellationToken cancel)
    {
        foreach (var id in cycle.Members(Role.DivisionStaff).Append(cycle.Coordinator).Except([reader.Id]))
        {
            var person = await absences.StandIn(await people.Get(id, cancel), now, cancel);
            if (person.Id != reader.Id && Ascii.IsValid(person.Address) && await bounced.Find(person.Address, cancel) is null)
            {
                return new Mailbox(person.Name, person.Address);
            }
        }

        return null;
    }
}
