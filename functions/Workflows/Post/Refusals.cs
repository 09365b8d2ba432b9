using System.Globalization;
using Cohesion.Workflows.Coordinators.Access;
using Cohesion.Workflows.Coordinators;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;
using NodaTime;

namespace Cohesion.Workflows.Post;

/// <summary>
/// What happens where an address takes no mail: it is remembered, the coordinators of those who wrote there are told, once, and
/// nothing more goes there. See docs/decisions/0011-when-a-mail-goes-out.md.
/// </summary>
public sealed class Refusals(
    IRecordStore records,
    CycleRecords cycles,
    People people,
    AccountList accounts,
    PostOffice post,
    Envelopes envelopes,
    BouncedAddresses bounced)
{
    /// <summary>The kind of message that tells the coordinator.</summary>
    public const string Kind = "bounced";

    /// <summary>A mailbox tells time by its own clock, and in whole seconds.</summary>
    public static readonly Duration ClocksDiffer = Duration.FromMinutes(1);

    /// <summary>One report does not say which of several mails came back: an address that did not take one took none of these.</summary>
    private static readonly Duration Shortly = Duration.FromMinutes(10);

    /// <summary>A provider that loses mail may lose the next, too.</summary>
    private static readonly Duration AfterALoss = Duration.FromMinutes(30);

    /// <summary>Whether nothing is to be sent to a person.</summary>
    public async Task<bool> Hold(Person reader, CancellationToken cancel) => await bounced.Find(reader.Address, cancel) is not null;

    /// <summary>
    /// A mail was refused. What went to an address that was corrected meanwhile, or to a deputy's, goes to the reader's own. Told before it is
    /// closed: whoever dies in between finds it open, and tells again.
    /// </summary>
    public async Task Refuse(Envelope mail, Bounce bounce, CancellationToken cancel)
    {
        var reader = await people.Get(mail.Person, cancel);
        var wentElsewhere = reader.Address != mail.Mail.Address;
        await (wentElsewhere ? bounced.Add(mail.Mail.Address, bounce, cancel) : Tell(reader, mail.Messages, bounce, cancel));
        await envelopes.CloseRefused(mail, wentElsewhere ? bounce.At : null, bounce.At, cancel);
    }

    /// <summary>The address is remembered, and the coordinators of those who wrote there are told, once.</summary>
    public async Task Tell(Person reader, IEnumerable<MessageKey> messages, Bounce bounce, CancellationToken cancel)
    {
        await bounced.Add(reader.Address, bounce, cancel);
        foreach (var cycle in messages.Where(key => key.Stage != MessageKey.None).Select(key => CycleId.From(key.Cycle)).Distinct())
        {
            if (await cycles.CoordinatorOf(cycle, cancel) is { } coordinator && coordinator != reader.Id)
            {
                await post.Insert([KeyOf(cycle, coordinator, reader)], bounce.At, cancel);
            }
        }
    }

    /// <summary>A message waits for somebody at such an address: it is not sent.</summary>
    public async Task Refuse(PostMessage message, Instant now, CancellationToken cancel)
    {
        await cycles.Mark(message.Key, issued => issued with { Bounced = issued.Bounced ?? now }, now, cancel);
        await records.Commit([PostRows.SetState(message, PostState.Refused)], cancel);
    }

    /// <summary>Mail to a person came back, as a coordinator says: the last of a cycle that seemed to reach them did not.</summary>
    public async Task CameBack(Person reader, Snapshot cycle, Instant now, CancellationToken cancel = default)
    {
        await bounced.Add(reader.Address, new Bounce("", now), cancel);
        var mails = await envelopes.OfCycle(reader.Id, cycle.Cycle, cancel);
        if (mails.FirstOrDefault(mail => mail.State == EnvelopeState.Accepted) is { } last)
        {
            await TakeBack(last, now, cancel);
            await envelopes.CloseRefused(last, null, now, cancel);
        }
    }

    /// <summary>
    /// Mail to an address came back, as a program says that reads the sender's mailbox: the last that went there by then did not
    /// arrive, nor what went shortly before it. Said again of that time, it is that mail again, and nothing more happens, even where the
    /// address was mended and had mail since.
    /// </summary>
    /// <returns>False where no mail that is still kept went there.</returns>
    public async Task<bool> CameBack(string address, Bounce bounce, CancellationToken cancel = default)
    {
        var last = await LastTo(address, bounce.At, cancel);
        foreach (var mail in last)
        {
            await CameBack(mail, bounce, cancel);
        }

        return last.Count > 0;
    }

    /// <summary>A mail that seemed to arrive did not. Said again, nothing more happens.</summary>
    public async Task CameBack(Envelope mail, Bounce bounce, CancellationToken cancel = default)
    {
        if (mail.State == EnvelopeState.Accepted)
        {
            await TakeBack(mail, bounce.At, cancel);
            await Refuse(mail, bounce, cancel);
        }
    }

    /// <summary>
    /// The provider lost a mail, for no fault of its address: what was in it goes out again. Told again, nothing more happens.
    /// </summary>
    public async Task Lose(Envelope mail, Instant now, CancellationToken cancel = default)
    {
        if (mail.State != EnvelopeState.Refused)
        {
            await Mark(mail, issued => issued with { Accepted = null, Mail = null }, now, cancel);
            await envelopes.CloseRefused(mail, now + AfterALoss, now, cancel);
        }
    }

    /// <summary>The person's address is right now, as it is or another one: what they did not get and should have goes out.</summary>
    /// <returns>False where somebody else of that name is at that address.</returns>
    public async Task<bool> Mend(Person person, string address, Instant now, CancellationToken cancel = default)
    {
        if (!await people.Move(person, address, cancel))
        {
            return false;
        }

        await Trust(address, now, cancel);
        return true;
    }

    /// <summary>The person got a mail: their address is right, whatever was said of it.</summary>
    public async Task Reached(Person person, Instant now, CancellationToken cancel = default)
    {
        if (await Hold(person, cancel))
        {
            await Trust(person.Address, now, cancel);
        }
    }

    /// <summary>Whether the coordinator is still to be told: the person's address is the one that was refused.</summary>
    public async Task<bool> IsOpen(MessageKey told, CancellationToken cancel) =>
        await people.Find(PersonOf(told), cancel) is { } person
        && KeyOf(CycleId.From(told.Cycle), told.Person, person) == told
        && await Hold(person, cancel);

    /// <summary>Whom such a message is about.</summary>
    public static PersonId PersonOf(MessageKey told) => PersonId.From(told.Occasion[..told.Occasion.LastIndexOf('-')]);

    /// <summary>The last mail that went there, and what went shortly before it: to whosoever is there, or to a deputy for a coordinator who is away.</summary>
    private async Task<IReadOnlyList<Envelope>> LastTo(string address, Instant by, CancellationToken cancel)
    {
        var readers = (await people.At(address, cancel)).Union(await accounts.All(cancel)).ToAsyncEnumerable();
        var mails = await readers.SelectMany(person => envelopes.NewestOf(person.Id, cancel))
            .Where(mail => People.HashOf(mail.Mail.Address) == People.HashOf(address))
            .Where(mail => mail.State != EnvelopeState.Claimed && !(mail.Closed > by + ClocksDiffer))
            .OrderByDescending(mail => mail.Closed)
            .ToListAsync(cancel);
        return [.. mails.TakeWhile((mail, n) => n == 0 || mail.Closed + Shortly >= mails[0].Closed)];
    }

    /// <summary>
    /// Twice: stopped before the address is trusted, it is held still, and trusted again; afterwards, for what a sender held until then.
    /// </summary>
    private async Task Trust(string address, Instant now, CancellationToken cancel)
    {
        await LetGo(address, now, cancel);
        await bounced.Forget(address, cancel);
        await LetGo(address, now, cancel);
    }

    private async Task LetGo(string address, Instant now, CancellationToken cancel)
    {
        foreach (var person in await people.At(address, cancel))
        {
            await post.WaitAgain(person.Id, now, cancel);
        }
    }

    /// <summary>Before the mail is closed: stopped in between, it is found again by whoever says so again.</summary>
    private Task TakeBack(Envelope mail, Instant now, CancellationToken cancel) =>
        Mark(mail, issued => issued with { Accepted = null, Mail = null, Bounced = issued.Bounced ?? now }, now, cancel);

    private async Task Mark(Envelope mail, Func<Issued, Issued> change, Instant now, CancellationToken cancel)
    {
        foreach (var key in mail.Messages.Where(key => key.Stage != MessageKey.None))
        {
            await cycles.Mark(key, change, now, cancel);
        }
    }

    /// <summary>Once for each address that a person has had.</summary>
    private static MessageKey KeyOf(CycleId cycle, PersonId coordinator, Person about) => new(
        cycle.Value, MessageKey.None, Kind, coordinator, string.Create(CultureInfo.InvariantCulture, $"{about.Id}-{about.Generation}"));
}
