using Cohesion.Workflows.Adaptations;
using Cohesion.Workflows.Coordinators.Audit;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Programmes;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Cohesion.Workflows.Coordinators.Access;

/// <summary>What a route needs of who is signed in.</summary>
/// <param name="Right">What they must be allowed.</param>
public sealed record NeedsRight(Right Right);

/// <summary>On a route that shows people, or much at once: the audit says who read it. What is sent, it says in any case.</summary>
public sealed class IsRead;

/// <summary>
/// In front of every page of those who are signed in: lets them do what their role allows in the communities of their scope, and
/// notes it. See docs/decisions/0030-roles.md.
/// </summary>
public sealed class Guard(HomeRows home, AuditLog audit)
{
    public async ValueTask<object?> Pass(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (http.Account() is not { } account)
        {
            // Only a form comes here that outlives its sign-in; it does nothing then.
            return await next(context);
        }

        var route = (RouteEndpoint)http.GetEndpoint()!;
        if (!account.May(route.Metadata.GetRequiredMetadata<NeedsRight>().Right))
        {
            return Pages.Problem(StatusCodes.Status403Forbidden, AccessTexts.MayNotTitle, AccessTexts.MayNot);
        }

        if (CycleIn(http, route) is { } cycle && !await Covers(account, cycle, http.RequestAborted))
        {
            return Pages.Problem(StatusCodes.Status404NotFound, WebTexts.NotFoundTitle, WebTexts.NotFound);
        }

        var result = await next(context);
        if (HttpMethods.IsPost(http.Request.Method) || (HttpMethods.IsGet(http.Request.Method) && route.Metadata.GetMetadata<IsRead>() is not null))
        {
            await audit.Add(EntryOf(http, account, route, result), http.RequestAborted);
        }

        return result;
    }

    private static AuditEntry EntryOf(HttpContext http, Account account, RouteEndpoint route, object? result) => new(
        account.Person,
        $"{http.Request.Method} {route.RoutePattern.RawText}",
        CycleIn(http, route) is { } cycle && IdText.IsId(cycle) ? cycle : "",
        IdIn(http, "who"),
        ReasonIn(http),
        result is IStatusCodeHttpResult { StatusCode: >= StatusCodes.Status400BadRequest },
        Programme: ProgrammeIn(http, route));

    /// <summary>As typed, and no more of it than any form takes: a property of a record could not hold all that can be typed.</summary>
    private static string ReasonIn(HttpContext http)
    {
        var reason = http.Request.HasFormContentType ? http.Request.Form["reason"].ToString().Trim() : "";
        return reason[..Math.Min(reason.Length, AdaptForm.LongestReason)];
    }

    private static string ProgrammeIn(HttpContext http, RouteEndpoint route) =>
        route.RoutePattern.RawText!.StartsWith(ProgrammesForm.Path + "/{id}", StringComparison.Ordinal) ? http.Request.RouteValues["id"] as string ?? "" : "";

    /// <summary>As the path names it, whatever that is; null where the page is none of a cycle.</summary>
    private static string? CycleIn(HttpContext http, RouteEndpoint route) =>
        route.RoutePattern.RawText!.StartsWith("/cycles/{id}", StringComparison.Ordinal) ? http.Request.RouteValues["id"] as string : null;

    private static string IdIn(HttpContext http, string name) => http.Request.RouteValues[name] is string id && IdText.IsId(id) ? id : "";

    /// <summary>What cannot be read may be why a community has stopped: whoever has all of them is not asked which it is.</summary>
    private async Task<bool> Covers(Account account, string cycle, CancellationToken cancel) =>
        account.Scope.IsEverywhere
        || (IdText.IsId(cycle) && await home.Find(CycleId.From(cycle), cancel) is { } row && account.Covers(row));
}

public static class GuardedRequests
{
    /// <summary>Of who is signed in; null where nobody is.</summary>
    public static Account? Account(this HttpContext http) => http.Features.Get<Account>();

    /// <summary>Whether who is signed in may do something.</summary>
    public static bool May(this HttpContext http, Right right) => http.Account()?.May(right) ?? false;

    public static bool Covers(this Account account, HomeRow row) => account.Covers(row.Board?.Programme ?? "", row.Community);
}
