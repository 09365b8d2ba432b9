using System.Globalization;
using System.Security.Claims;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Programmes;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Walking;
using Cohesion.Workflows.Web;
using Microsoft.AspNetCore.Http;
using NodaTime;
using NodaTime.Text;

namespace Cohesion.Workflows.Coordinators.Access;

/// <summary>Who signs in: lets people in, changes what they may do, and says when one is away and who gets their mail then.</summary>
public sealed class AccountsForm(
    AccountList accounts, Absences absences, People people, HomeRows home, PostOffice post, ProgrammeVersions programmes, IBell bell, IClock clock)
{
    /// <summary>The kind of message that invites somebody to sign in.</summary>
    public const string Invitation = "invitation";

    private const string Path = "/accounts";

    /// <summary>
    /// The minute it is, where an account begins to count: who was removed and is let in again would else have a mail of before that is still
    /// in the post instead of a new one, and be signed in where they were before.
    /// </summary>
    private int Beginning => (int)(clock.GetCurrentInstant().ToUnixTimeSeconds() / 60);

    public Task<IResult> Get(ClaimsPrincipal user, CancellationToken cancel) => Show(user, null, null, cancel);

    public async Task<IResult> Invite(IFormCollection form, ClaimsPrincipal user, CancellationToken cancel)
    {
        var draft = AccountDraft.Of(form);
        if ((Roster.Check(draft.Name, draft.Address) ?? draft.Problem(await programmes.Now(cancel))) is { } problem)
        {
            return await Show(user, form, problem, cancel);
        }

        var me = await people.Get(SignIn.Of(user), cancel);
        var person = await people.FindOrAdd(draft.Name, draft.Address, me.Zone, cancel);
        var account = new Account(person, draft.Role!.Value, draft.Scope, me.Id, SignIns: Beginning, Invited: Beginning);
        if (!await accounts.TryAdd(account, cancel))
        {
            return await Show(user, form, Say.Text(AccessTexts.IsIn, draft.Name), cancel);
        }

        await Invite(account, cancel);
        return new OpenAnew(Path, Say.Text(AccessTexts.Invited, draft.Name));
    }

    public async Task<IResult> Away(IFormCollection form, ClaimsPrincipal user, CancellationToken cancel)
    {
        var me = await people.Get(SignIn.Of(user), cancel);
        if (form["answer"] == "back")
        {
            await absences.Set(me.Id, null, cancel);
            return new OpenAnew(Path, AccessTexts.BackThanks);
        }

        var absence = await AbsenceIn(form, me, cancel);
        if (absence is null)
        {
            return await Show(user, form, AccessTexts.AwayWrong, cancel);
        }

        var deputy = await accounts.Find(absence.Deputy, cancel);
        var closed = (await Open(cancel))[me.Id].Where(row => deputy?.Covers(row) != true).Select(row => row.Community).ToList();
        if (closed.Count > 0)
        {
            return await Show(user, form, Say.Text(AccessTexts.DeputyScope, (await people.Get(absence.Deputy, cancel)).Name, Say.Names(closed)), cancel);
        }

        await absences.Set(me.Id, absence, cancel);
        return new OpenAnew(Path, AccessTexts.AwayThanks);
    }

    public async Task<IResult> Mornings(IFormCollection form, ClaimsPrincipal user, CancellationToken cancel)
    {
        var wanted = form["answer"] == "yes";
        await accounts.SetMornings(SignIn.Of(user), wanted, cancel);
        return new OpenAnew(Path, wanted ? AccessTexts.MorningsThanks : AccessTexts.MorningsEnded);
    }

    public async Task<IResult> GetOne(string who, CancellationToken cancel) => await Find(who, cancel) is { } account
        ? await Show(account, AccountDraft.Of(account), null, cancel)
        : NotFound();

    public async Task<IResult> Change(string who, IFormCollection form, ClaimsPrincipal user, CancellationToken cancel)
    {
        if (await Find(who, cancel) is not { } account)
        {
            return NotFound();
        }

        var draft = AccountDraft.Of(form);
        return form["answer"].ToString() switch
        {
            "remove" => await Change(account, draft, SignIn.Of(user), _ => null, AccessTexts.Removed, cancel),
            "sign-out" => await Change(account, draft, SignIn.Of(user), one => one with { SignIns = one.SignIns + 1 }, AccessTexts.SignedOut, cancel),
            "invite" => await Change(account, draft, SignIn.Of(user), one => one with { Invited = one.Invited + 1 }, AccessTexts.Invited, cancel),
            _ when draft.Problem(await programmes.Now(cancel)) is { } problem => await Show(account, draft, problem, cancel),
            _ => await Change(account, draft, SignIn.Of(user), one => one with { Role = draft.Role!.Value, Scope = draft.Scope }, AccessTexts.Changed, cancel),
        };
    }

    private async Task<IResult> Change(Account account, AccountDraft draft, PersonId by, Func<Account, Account?> change, string said, CancellationToken cancel)
    {
        if (await ProblemOf(account, change(account), cancel) is { } problem)
        {
            return await Show(account, draft, problem, cancel);
        }

        if (!await accounts.TryChange(by, account.Person, change, cancel))
        {
            return await Show(account, draft, account.Person == by ? AccessTexts.NotYourself : AccessTexts.ChangedMeanwhile, cancel);
        }

        if (await accounts.Find(account.Person, cancel) is { } changed && changed.Invited > account.Invited)
        {
            await Invite(changed, cancel);
        }

        return new OpenAnew(Path, Say.Text(said, (await people.Get(account.Person, cancel)).Name));
    }

    /// <summary>Whoever has communities to see to, or stands in for somebody, has to be able to; null where nothing is wrong.</summary>
    private async Task<string?> ProblemOf(Account account, Account? changed, CancellationToken cancel)
    {
        var open = await Open(cancel);
        bool MayRun(HomeRow row) => changed is not null && changed.May(Right.Run) && changed.Covers(row);
        var theirs = open[account.Person].Where(row => !MayRun(row)).Select(row => row.Community).ToList();
        if (theirs.Count > 0)
        {
            return Say.Text(AccessTexts.Coordinates, Say.Names(theirs));
        }

        // What they could not open before either is not lost.
        bool MayStandIn(PersonId other) => changed?.May(Right.Run) == true && open[other].All(row => MayRun(row) || !account.Covers(row));
        foreach (var other in (await accounts.All(cancel)).Where(other => !MayStandIn(other.Id)))
        {
            if (await absences.Of(other.Id, cancel) is { } absence && absence.Deputy == account.Person && absence.To >= new CommunityDays(other.Zone).DateOf(clock.GetCurrentInstant()))
            {
                return Say.Text(AccessTexts.StandsIn, other.Name, Say.Date(absence.To));
            }
        }

        return null;
    }

    /// <summary>The communities that are open, by whose they are.</summary>
    private async Task<ILookup<PersonId, HomeRow>> Open(CancellationToken cancel) =>
        (await home.All(cancel).Where(row => row.Stage is not null && row.Board is not null).ToListAsync(cancel)).ToLookup(row => row.Board!.Coordinator);

    private async Task Invite(Account account, CancellationToken cancel)
    {
        var occasion = account.Invited.ToString("'i'0", CultureInfo.InvariantCulture);
        await post.Insert([new MessageKey(MessageKey.None, MessageKey.None, Invitation, account.Person, occasion)], clock.GetCurrentInstant(), cancel);
        await bell.HastenPost(cancel);
    }

    private async Task<Account?> Find(string who, CancellationToken cancel) => IdText.IsId(who) ? await accounts.Find(PersonId.From(who), cancel) : null;

    private async Task<Absence?> AbsenceIn(IFormCollection form, Person me, CancellationToken cancel)
    {
        var (from, to) = (LocalDatePattern.Iso.Parse(form["from"].ToString()), LocalDatePattern.Iso.Parse(form["to"].ToString()));
        var deputy = form["deputy"].ToString();
        return IdText.IsId(deputy) && deputy != me.Id.Value && (await accounts.Find(PersonId.From(deputy), cancel))?.May(Right.Run) == true
            && from.Success && to.Success && from.Value <= to.Value && to.Value >= new CommunityDays(me.Zone).DateOf(clock.GetCurrentInstant())
            ? new Absence(PersonId.From(deputy), from.Value, to.Value)
            : null;
    }

    private async Task<IResult> Show(ClaimsPrincipal user, IFormCollection? typed, string? problem, CancellationToken cancel)
    {
        var (rows, catalogue) = (new List<AccountRow>(), await programmes.Now(cancel));
        var (me, mine) = (SignIn.Of(user), (await Open(cancel))[SignIn.Of(user)].ToList());
        foreach (var account in await accounts.Accounts(cancel))
        {
            rows.Add(new AccountRow(account, await people.Get(account.Person, cancel), AccountWords.Of(account.Scope, catalogue), await absences.Of(account.Person, cancel))
            {
                MayStandIn = account.Person != me && account.May(Right.Run) && mine.TrueForAll(row => account.Covers(row)),
            });
        }

        return Pages.Of<AccountsPage>(
            problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
            (nameof(AccountsPage.Me), me),
            (nameof(AccountsPage.Rows), rows.OrderByName(row => row.Person.Name).ToList()),
            (nameof(AccountsPage.Programmes), catalogue.All.ToList()),
            (nameof(AccountsPage.Typed), typed),
            (nameof(AccountsPage.Problem), problem));
    }

    private async Task<IResult> Show(Account account, AccountDraft draft, string? problem, CancellationToken cancel) => Pages.Of<AccountPage>(
        problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
        (nameof(AccountPage.Person), await people.Get(account.Person, cancel)),
        (nameof(AccountPage.Draft), draft),
        (nameof(AccountPage.Programmes), (await programmes.Now(cancel)).All.ToList()),
        (nameof(AccountPage.Problem), problem));

    private static IResult NotFound() => Pages.Problem(StatusCodes.Status404NotFound, WebTexts.NotFoundTitle, WebTexts.NotFound);
}

/// <summary>Somebody who signs in, and when they are away.</summary>
public sealed record AccountRow(Account Account, Person Person, string Scope, Absence? Absence)
{
    /// <summary>Whether they could stand in for the reader: a deputy opens whatever the reader's mail is about.</summary>
    public bool MayStandIn { get; init; }
}
