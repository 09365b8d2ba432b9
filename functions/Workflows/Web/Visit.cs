using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Texts;
using Microsoft.AspNetCore.Http;
using NodaTime;

namespace Cohesion.Workflows.Web;

/// <summary>Somebody came with a good link of theirs.</summary>
/// <param name="Person">Who.</param>
/// <param name="Cycle">The cycle that the link is for, as it is now.</param>
/// <param name="Path">The page's own path: where its forms post to.</param>
/// <param name="Now">When.</param>
/// <param name="Notice">What to say on top.</param>
/// <param name="Recorder">Who came in the person's place, and records what they said; null where the person came.</param>
public sealed record Visit(Person Person, Snapshot Cycle, string Path, Instant Now, Notice? Notice = null, Person? Recorder = null)
{
    /// <summary>Who records what is told on this visit.</summary>
    public PersonId By => (Recorder ?? Person).Id;

    public string Zone => Cycle.KickOff.Zone;

    public CommunityDays Days => new(Cycle.KickOff.Zone);

    /// <summary>The visit of whoever is here, to record what another person said.</summary>
    public Visit For(Person person) => this with { Person = person, Recorder = Recorder ?? Person };

    /// <summary>A sentence to the person; where somebody records for them, another one, about them: its first blank is their name.</summary>
    public string ToOrOf(string toThem, string ofThem, params ReadOnlySpan<object?> blanks) =>
        Recorder is null ? Say.Text(toThem, blanks) : Say.Text(ofThem, [Person.Name, .. blanks]);

    /// <summary>What was sent is recorded: the page opens anew and says so.</summary>
    public IResult Recorded(string thanks) => new OpenAnew(Path, thanks);

    /// <summary>There was nothing to record: the page opens anew.</summary>
    public IResult Unchanged() => new OpenAnew(Path);

    public Visit Complaining(string text) => this with { Notice = new Notice(text, IsProblem: true) };
}

/// <summary>A sentence on top of a page.</summary>
public sealed record Notice(string Text, bool IsProblem);

/// <summary>Lets people in who come with a link: the link alone says who they are and what they may do.</summary>
public sealed class Door(SignedLinks links, People people, CycleRecords cycles, IClock clock)
{
    /// <summary>Answers with the page for a good link, else with a page that says what to do.</summary>
    public async Task<IResult> Open(string page, string token, Func<Visit, Task<IResult>> answer, CancellationToken cancel)
    {
        switch (links.Check(token, clock.GetCurrentInstant()))
        {
            case LinkCheck.Valid valid when valid.Grant.Purpose == page && await Enter(valid.Grant, page, token, cancel) is { } visit:
                return IsClosed(page, visit.Cycle) ? Closed(visit.Cycle) : await answer(visit);
            case LinkCheck.Expired:
                return Pages.Problem(StatusCodes.Status410Gone, WebTexts.LinkExpiredTitle, WebTexts.LinkExpired);
            default:
                return Pages.Problem(StatusCodes.Status404NotFound, WebTexts.LinkInvalidTitle, WebTexts.LinkInvalid);
        }
    }

    /// <summary>The same for a link that a community's people forward: it names the community, and nobody.</summary>
    public async Task<IResult> OpenToAll(string page, string token, Func<Snapshot, Task<IResult>> answer, CancellationToken cancel)
    {
        var check = links.Check(token, clock.GetCurrentInstant());
        var grant = (check as LinkCheck.Valid)?.Grant ?? (check as LinkCheck.Expired)?.Grant;
        if (grant?.Subject != LinkGrant.None || grant.Purpose != page)
        {
            return Pages.Problem(StatusCodes.Status404NotFound, WebTexts.LinkInvalidTitle, WebTexts.LinkInvalid);
        }

        var cycle = (await cycles.Read(CycleId.From(grant.Scope), cancel))?.Snapshot;
        return cycle is not null && check is LinkCheck.Valid ? cycle.Stopped() is null ? await answer(cycle) : Closed(cycle) : Pages.Problem(
            StatusCodes.Status410Gone,
            WebTexts.ForwardedExpiredTitle,
            cycle is null ? WebTexts.ForwardedExpired : Say.Text(WebTexts.ForwardedExpiredCall, cycle.KickOff.Community, cycle.KickOff.Phone));
    }

    /// <summary>Where a community has stopped, only what people keep can still be read.</summary>
    private static bool IsClosed(string page, Snapshot cycle) =>
        cycle.Stopped() is not null && page is not (AskPages.Certificate or AskPages.Results or AskPages.Board or AskPages.Own);

    private static IResult Closed(Snapshot cycle) => Pages.Problem(
        StatusCodes.Status410Gone,
        WebTexts.StoppedTitle,
        Say.Text(cycle.IsOff() ? WebTexts.Stopped : WebTexts.StoppedAfter, cycle.KickOff.Community, cycle.KickOff.Phone));

    /// <summary>A link is good only as long as its reader has the role that it was made for; who was taken off the list reads that there.</summary>
    private static bool HasRole(Snapshot cycle, PersonId person, string role) =>
        cycle.All<Member>().Any(member => member.Person == person && member.Role.Id() == role && (member.Role == Role.Participant || cycle.HasRole(member.Role, person)));

    private async Task<Visit?> Enter(LinkGrant grant, string page, string token, CancellationToken cancel)
    {
        var person = await people.Find(PersonId.From(grant.Subject), cancel);
        if (person is null || person.Generation != grant.Generation)
        {
            return null;
        }

        var recorder = grant.By == LinkGrant.None ? null : await people.Get(PersonId.From(grant.By), cancel);
        var cycle = await cycles.Read(CycleId.From(grant.Scope), cancel);
        return cycle is not null && HasRole(cycle.Snapshot, person.Id, grant.Role)
            ? new Visit(person, cycle.Snapshot, $"/{page}/{token}", clock.GetCurrentInstant(), Recorder: recorder)
            : null;
    }
}
