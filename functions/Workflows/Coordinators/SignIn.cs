using System.Globalization;
using System.Security.Claims;
using Cohesion.Workflows.Coordinators.Access;
using Cohesion.Workflows.Coordinators.Audit;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Walking;
using Cohesion.Workflows.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Cohesion.Workflows.Coordinators;

/// <summary>Coordinators, and whom they let in, sign in by a link that is mailed to them. Opening the link changes nothing; pressing its button does.</summary>
public static class SignIn
{
    public const string MessageKind = "sign-in";

    private const string Generation = "generation";
    private const string SignIns = "sign-ins";

    /// <summary>The zone of people who belong to no community yet.</summary>
    private const string DefaultZone = "America/Vancouver";

    /// <summary>Before there is a coordinator nobody can sign in: the page says where to set one up. The link itself is for who started the program.</summary>
    public static async Task<IResult> Get(AccountList accounts, CancellationToken cancel) => await accounts.IsEmpty(cancel)
        ? Pages.Problem(StatusCodes.Status200OK, WebTexts.SetUpFirstTitle, WebTexts.SetUpFirst)
        : Pages.Of<SignInPage>();

    /// <summary>Says the same whether the address is known or not. However often it is asked, a person gets one mail a minute.</summary>
    public static async Task<IResult> Post(
        IFormCollection form, AccountList accounts, PostOffice post, IBell bell, IClock clock, CancellationToken cancel)
    {
        var now = clock.GetCurrentInstant();
        var minute = string.Create(CultureInfo.InvariantCulture, $"minute-{now.ToUnixTimeSeconds() / 60}");
        foreach (var person in await accounts.At(form["address"].ToString(), cancel))
        {
            await post.Insert([new MessageKey(MessageKey.None, MessageKey.None, MessageKind, person.Id, minute)], now, cancel);
            await bell.HastenPost(cancel);
        }

        return await accounts.IsEmpty(cancel) ? new OpenAnew("/sign-in") : new OpenAnew("/sign-in", WebTexts.SignInSent);
    }

    public static IResult GetLink(string token, SignedLinks links, IClock clock) =>
        links.Check(token, clock.GetCurrentInstant()) is LinkCheck.Valid { Grant.Purpose: Links.SignIn }
            ? Pages.Of<SignInPage>((nameof(SignInPage.Path), $"/{Links.SignIn}/{token}"))
            : TooLate(WebTexts.SignInExpired);

    /// <summary>The link came by mail: where that address was taken for wrong, it is not, and what waits for it goes out.</summary>
    public static async Task<IResult> PostLink(
        string token,
        HttpContext http,
        SignedLinks links,
        People people,
        AccountList accounts,
        Refusals refusals,
        AuditLog audit,
        IBell bell,
        IClock clock,
        CancellationToken cancel)
    {
        var now = clock.GetCurrentInstant();
        if (links.Check(token, now) is LinkCheck.Valid { Grant: { Purpose: Links.SignIn } grant }
            && await people.Find(PersonId.From(grant.Subject), cancel) is { } person
            && person.Generation == grant.Generation
            && await accounts.Find(person.Id, cancel) is { } account)
        {
            await refusals.Reached(person, now, cancel);
            await bell.HastenPost(cancel);
            await audit.Add(new AuditEntry(person.Id, AuditWords.SignedIn), cancel);
            await Enter(http, person, account);
            return new OpenAnew("/");
        }

        return TooLate(WebTexts.SignInExpired);
    }

    public static async Task<IResult> GetSetUp(string token, SignedLinks links, AccountList accounts, IClock clock, CancellationToken cancel) =>
        await MaySetUp(token, links, accounts, clock, cancel)
            ? Pages.Of<SetUpPage>((nameof(SetUpPage.Path), $"/{Links.SetUp}/{token}"))
            : await NotSetUpByThis(accounts, cancel);

    /// <summary>Makes the first coordinator.</summary>
    public static async Task<IResult> PostSetUp(
        string token,
        IFormCollection form,
        HttpContext http,
        SignedLinks links,
        People people,
        AccountList accounts,
        IClock clock,
        CancellationToken cancel)
    {
        if (!await MaySetUp(token, links, accounts, clock, cancel))
        {
            return await NotSetUpByThis(accounts, cancel);
        }

        var (name, address) = (form["name"].ToString().Trim(), form["address"].ToString().Trim());
        if (Roster.Check(name, address) is { } problem)
        {
            return Pages.Of<SetUpPage>(
                StatusCodes.Status422UnprocessableEntity,
                (nameof(SetUpPage.Path), $"/{Links.SetUp}/{token}"),
                (nameof(SetUpPage.Name), name),
                (nameof(SetUpPage.Address), address),
                (nameof(SetUpPage.Problem), problem));
        }

        if (await accounts.AddFirst(name, address, DefaultZone, cancel) is not { } first)
        {
            return TooLate(WebTexts.SetUpDone);
        }

        await Enter(http, await people.Get(first, cancel), (await accounts.Find(first, cancel))!);
        return new OpenAnew("/");
    }

    public static async Task<IResult> Out(HttpContext http)
    {
        await http.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        return new OpenAnew("/sign-in");
    }

    /// <summary>No browser that is signed in as the same person stays so, this one among them.</summary>
    public static async Task<IResult> OutEverywhere(HttpContext http, AccountList accounts)
    {
        await accounts.SignOutEverywhere(Of(http.User), http.RequestAborted);
        return await Out(http);
    }

    /// <summary>Who is signed in.</summary>
    public static PersonId Of(ClaimsPrincipal user) => PersonId.From(user.FindFirstValue(ClaimTypes.NameIdentifier)!);

    /// <summary>Refuses the cookie of somebody who may not sign in any more, of an earlier generation, or of before they signed out everywhere.</summary>
    public static async Task Validate(CookieValidatePrincipalContext context)
    {
        var services = context.HttpContext.RequestServices;
        var (id, cancel) = (Of(context.Principal!), context.HttpContext.RequestAborted);
        if (await services.GetRequiredService<People>().Find(id, cancel) is { } person
            && await services.GetRequiredService<AccountList>().Find(id, cancel) is { } account
            && Text(person.Generation) == context.Principal!.FindFirstValue(Generation)
            && Text(account.SignIns) == (context.Principal!.FindFirstValue(SignIns) ?? Text(0)))
        {
            context.HttpContext.Features.Set(account);
        }
        else
        {
            context.RejectPrincipal();
        }
    }

    /// <summary>Another was set up, or the link was cut or is too old.</summary>
    private static async Task<IResult> NotSetUpByThis(AccountList accounts, CancellationToken cancel) => await accounts.IsEmpty(cancel)
        ? Pages.Problem(StatusCodes.Status410Gone, WebTexts.LinkInvalidTitle, WebTexts.SetUpLinkInvalid)
        : TooLate(WebTexts.SetUpDone);

    /// <summary>Says why, and asks where to send a new link.</summary>
    private static IResult TooLate(string problem) => Pages.Of<SignInPage>(StatusCodes.Status410Gone, (nameof(SignInPage.Problem), problem));

    private static async Task<bool> MaySetUp(
        string token, SignedLinks links, AccountList accounts, IClock clock, CancellationToken cancel) =>
        links.Check(token, clock.GetCurrentInstant()) is LinkCheck.Valid { Grant.Purpose: Links.SetUp } && await accounts.IsEmpty(cancel);

    private static Task Enter(HttpContext http, Person person, Account account)
    {
        Claim[] claims = [new(ClaimTypes.NameIdentifier, person.Id.Value), new(Generation, Text(person.Generation)), new(SignIns, Text(account.SignIns))];
        var identity = new ClaimsIdentity(claims, CookieAuthenticationDefaults.AuthenticationScheme);
        return http.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, new ClaimsPrincipal(identity));
    }

    private static string Text(int generation) => generation.ToString(CultureInfo.InvariantCulture);
}
