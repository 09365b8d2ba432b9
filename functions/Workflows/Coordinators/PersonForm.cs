using System.Globalization;
using System.Text.RegularExpressions;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Walking;
using Cohesion.Workflows.Web;
using Microsoft.AspNetCore.Http;

namespace Cohesion.Workflows.Coordinators;

/// <summary>Somebody of a community whose address takes no mail.</summary>
/// <param name="Person">Who.</param>
/// <param name="Bounce">What was said of the address.</param>
public sealed record OutOfReach(Person Person, Bounce Bounce)
{
    /// <summary>What happened, and what to do.</summary>
    public string Sentence => Bounce.Code.Length > 0 ? Say.Text(PersonTexts.Refused, Person.Name, Bounce.Code) : Say.Text(PersonTexts.CameBack, Person.Name);
}

/// <summary>A person's name and address, for the coordinator: both can be corrected, and the address said to be wrong.</summary>
public sealed partial class PersonForm(
    People people, BouncedAddresses bounced, Refusals refusals, Envelopes envelopes, Intake intake, IBell bell)
{
    /// <summary>Those of a community whose mail was refused, as long as their address is the one.</summary>
    public async Task<IReadOnlyList<OutOfReach>> OutOfReach(Snapshot cycle, CancellationToken cancel)
    {
        var found = new List<OutOfReach>();
        foreach (var id in cycle.All<Issued>().Where(issued => issued.Bounced is not null).Select(issued => issued.Key.Person).Distinct())
        {
            var person = await people.Get(id, cancel);
            if (await bounced.Find(person.Address, cancel) is { } bounce)
            {
                found.Add(new OutOfReach(person, bounce));
            }
        }

        return found;
    }

    /// <summary>Null where the cycle has nobody of that id but its coordinator, whose address is what they sign in by.</summary>
    public async Task<Person?> Find(Snapshot cycle, string id, CancellationToken cancel) =>
        cycle.All<Member>().Select(member => member.Person).Concat(cycle.Reserves()).Any(person => person.Value == id) && cycle.Coordinator.Value != id
            ? await people.Get(PersonId.From(id), cancel)
            : null;

    public async Task<IResult> Show(Visit visit, Person person, IFormCollection? typed, CancellationToken cancel)
    {
        var bounce = await bounced.Find(person.Address, cancel);
        var mails = await envelopes.OfCycle(person.Id, visit.Cycle.Cycle, cancel);
        return Pages.Of<PersonPage>(
            visit.Notice is { IsProblem: true } ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
            (nameof(PersonPage.Visit), visit),
            (nameof(PersonPage.Person), person),
            (nameof(PersonPage.Bounce), bounce),
            (nameof(PersonPage.Mails), mails),
            (nameof(PersonPage.Earlier), Earlier(visit.Cycle, person, mails)),
            (nameof(PersonPage.Typed), typed));
    }

    /// <summary>What went to a person and is in no mail that is still kept, newest first.</summary>
    private static List<Issued> Earlier(Snapshot cycle, Person person, IEnumerable<Envelope> mails)
    {
        var kept = mails.SelectMany(mail => mail.Messages).ToHashSet();
        var sent = cycle.IssuedTo(person.Id).Where(issued => issued.Accepted is not null && !kept.Contains(issued.Key));
        return [.. sent.OrderByDescending(issued => issued.Accepted)];
    }

    /// <summary>A mail's text without its links: whoever has a person's link can answer as that person.</summary>
    public static string WithoutLinks(string text) => Link().Replace(text, PersonTexts.TheirLink);

    /// <summary>Another one with each address that was saved.</summary>
    public static string GenerationOf(Person person) => person.Generation.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"https?://\S+")]
    private static partial Regex Link();

    /// <summary>Corrects the name or the address, or says that mail to it came back.</summary>
    public Task<IResult> Save(Visit visit, Person person, IFormCollection form, CancellationToken cancel) =>
        form["came-back"].ToString() is { Length: > 0 } shown ? CameBack(visit, person, shown, cancel)
        : form.ContainsKey("name") ? SaveName(visit, person, form, cancel)
        : SaveAddress(visit, person, form, cancel);

    /// <summary>
    /// Sent again, by who pressed twice or got no answer, it is the same correction. What was corrected in another community, or by who died
    /// before the cycle knew, is noted here.
    /// </summary>
    private async Task<IResult> SaveName(Visit visit, Person person, IFormCollection form, CancellationToken cancel)
    {
        var (name, cycle) = (form["name"].ToString().Trim(), visit.Cycle);
        if (Roster.Check(name, person.Address) is { } problem)
        {
            return await Show(visit.Complaining(problem), person, form, cancel);
        }

        if (name == person.Name && (cycle.Find<NameCorrected>(NameCorrected.RowOf(person.Id))?.Number ?? 0) == person.Spelling)
        {
            return visit.Unchanged();
        }

        if (name != person.Name && !await people.Rename(person, name, cancel))
        {
            return await Show(visit.Complaining(PersonTexts.Taken), person, form, cancel);
        }

        var corrected = new NameCorrected(1, person.Id, person.Spelling + (name == person.Name ? 0 : 1), visit.By, visit.Now);
        if (cycle.Find<NameCorrected>(corrected.Row())?.Number != corrected.Number)
        {
            await intake.Record(cycle.Cycle, [corrected], cancel);
        }

        return visit.Recorded(Say.Text(PersonTexts.NameSaved, name));
    }

    private async Task<IResult> SaveAddress(Visit visit, Person person, IFormCollection form, CancellationToken cancel)
    {
        var address = form["address"].ToString().Trim();
        if (Roster.Check(person.Name, address) is { } problem)
        {
            return await Show(visit.Complaining(problem), person, form, cancel);
        }

        if (!await refusals.Mend(person, address, visit.Now, cancel))
        {
            return await Show(visit.Complaining(PersonTexts.Taken), person, form, cancel);
        }

        if (address != form["was"].ToString())
        {
            var corrected = new AddressCorrected(1, person.Id, person.Generation + 1, visit.By, visit.Now);
            await intake.Record(visit.Cycle.Cycle, [corrected], cancel);
        }

        await bell.HastenPost(cancel);
        return visit.Recorded(Say.Text(PersonTexts.Saved, address));
    }

    /// <summary>Said on a page from before the address was mended, it is nothing about the mail of since.</summary>
    private async Task<IResult> CameBack(Visit visit, Person person, string shown, CancellationToken cancel)
    {
        if (shown != GenerationOf(person))
        {
            return await Show(visit.Complaining(PersonTexts.MendedSince), person, null, cancel);
        }

        await refusals.CameBack(person, visit.Cycle, visit.Now, cancel);
        return visit.Recorded(PersonTexts.Noted);
    }
}
