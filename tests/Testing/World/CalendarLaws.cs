using System.Globalization;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;
using NodaTime;
using NodaTime.Text;
using Shouldly;

namespace Cohesion.Workflows.Testing;

/// <summary>What must hold of everybody's calendar at the end of a world, however often its session was moved or fell, and whatever went wrong.</summary>
internal static class CalendarLaws
{
    private static readonly InstantPattern Utc = InstantPattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmss'Z'");

    public static async Task MustHold(World world, Snapshot cycle)
    {
        foreach (var ofOne in world.Mail.Delivered.Where(mail => mail.Mail.Calendar is not null).GroupBy(mail => mail.Messages.Single().Person))
        {
            var told = ofOne.Select(mail => Told.By(mail.Mail.Calendar!.Text)).ToList();
            EachMailIsNewsOfOneEvent(told, ofOne.First().Mail.Name);
            AMailTakesItOutForEachThatIsMeantTo(cycle, told, ofOne.Key);
            TheLastSaysWhatIsSo(cycle, told[^1], ofOne.Key);
        }

        await TheServerHoldsWhatIsWanted(world, cycle);
    }

    /// <summary>
    /// As a calendar program reads what came, in the order in which it came: each mail is of a higher revision than the one before. The event is
    /// taken out only where it is in, so never twice; it is put in again, or changed, only with another time or place.
    /// </summary>
    private static void EachMailIsNewsOfOneEvent(List<Told> told, string whose)
    {
        told.Select(one => one.Uid).Distinct().ShouldHaveSingleItem(whose);
        foreach (var (before, after) in told.Prepend(null).Zip(told))
        {
            var what = $"{whose}: {before}, then {after}";
            after.Sequence.ShouldBeGreaterThan(before?.Sequence ?? -1, what);
            (after.IsIn ? before is not { IsIn: true } || after.Shows != before.Shows : before is { IsIn: true }).ShouldBeTrue(what);
        }
    }

    /// <summary>A CANCEL for each time that the event was withdrawn from somebody, and none besides.</summary>
    private static void AMailTakesItOutForEachThatIsMeantTo(Snapshot cycle, List<Told> told, PersonId person) =>
        told.Count(one => !one.IsIn).ShouldBe(cycle.IssuedTo(person).Count(issued => issued is { Calendar.IsCancelled: true, Accepted: not null }));

    private static void TheLastSaysWhatIsSo(Snapshot cycle, Told last, PersonId person)
    {
        last.IsIn.ShouldBe(IsOrWasExpected(cycle, person), $"{last}");
        if (last.IsIn)
        {
            last.Starts.ShouldBe(cycle.Session()!.Starts, $"{last}");
        }
    }

    /// <summary>
    /// One event for each that is wanted, with those who are invited and nobody else, and none beside them; nobody heard of one twice. An
    /// address that was corrected after the session began is not told any more.
    /// </summary>
    private static async Task TheServerHoldsWhatIsWanted(World world, Snapshot cycle)
    {
        var wanted = cycle.All<EventWanted>().Where(one => !one.IsCancelled).ToList();
        world.Calendar.Live.Count().ShouldBe(wanted.Count);
        cycle.UntoldEvents().ShouldBeEmpty();
        foreach (var one in wanted)
        {
            var held = world.Calendar.Live.Single(live => live.Id == cycle.KeptOf(one.Number)!.Id);
            var session = cycle.SessionAt(one.Starts);
            (held.Time, held.Place ?? "").ShouldBe((new Interval(session.Starts, session.Ends), one.Place ?? ""));
            bool IsLate(PersonId person) => cycle.Find<AddressCorrected>(AddressCorrected.RowOf(person))?.At >= session.Starts;
            var (late, others) = (await Addresses(world, one.People.Where(IsLate)), await Addresses(world, one.People.Where(person => !IsLate(person))));
            var invited = held.Attendees.Select(attendee => attendee.Address).ToList();
            others.Except(invited).ShouldBeEmpty("not invited");
            invited.Except(others).Count().ShouldBeLessThanOrEqualTo(late.Count, "invited");
            one.People.Where(person => !IsOrWasExpected(cycle, person)).Select(person => world.InNames(person)).ShouldBeEmpty();
        }
    }

    /// <summary>Who leaves when the session has begun is told nothing of it any more.</summary>
    private static bool IsOrWasExpected(Snapshot cycle, PersonId person) =>
        cycle.IsExpected(person) || (!cycle.IsOff() && cycle.All<MemberLeft>().Any(left => left.Person == person && left.At >= cycle.Session()?.Starts));

    private static async Task<List<string>> Addresses(World world, IEnumerable<PersonId> people)
    {
        var addresses = new List<string>();
        foreach (var person in people)
        {
            addresses.Add((await world.Get<People>().Get(person)).Address);
        }

        return [.. addresses.Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>What a mail tells a calendar program of an event (RFC 5546).</summary>
    /// <param name="IsIn">REQUEST; else CANCEL.</param>
    private sealed record Told(bool IsIn, string Uid, int Sequence, Instant Starts, string Place)
    {
        public (Instant Starts, string Place) Shows => (Starts, Place);

        public static Told By(string text)
        {
            var lines = text.Replace("\r\n ", "", StringComparison.Ordinal).Split("\r\n");
            string Value(string name) => lines.SingleOrDefault(line => line.StartsWith(name + ":", StringComparison.Ordinal))?[(name.Length + 1)..] ?? "";
            return new Told(
                Value("METHOD") == "REQUEST", Value("UID"), int.Parse(Value("SEQUENCE"), CultureInfo.InvariantCulture), Utc.Parse(Value("DTSTART")).Value, Value("LOCATION"));
        }
    }
}
