using Cohesion.Workflows.Telemetry;
using Cohesion.Workflows.Texts;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Cohesion.Workflows.Web;

/// <summary>The product's own request pipeline, the same on every host.</summary>
public static class WebProduct
{
    /// <summary>Key of the request's items: another policy for its styles.</summary>
    public const string StylePolicy = "style-policy";

    private const string Foreign = "foreign-form";

    public static void UseWorkflows(this IApplicationBuilder app)
    {
        app.Use(GuardHeaders);
        app.UseExceptionHandler(failed => failed.Run(http =>
            Pages.Problem(StatusCodes.Status500InternalServerError, WebTexts.ErrorTitle, WebTexts.Error).ExecuteAsync(http)));
        app.UseStatusCodePages(context => PageFor(context.HttpContext));
        app.UseRouting();
        app.Use(Trace);
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.Use(RefuseForgery);
        app.UseEndpoints(Routes.Map);
    }

    /// <summary>By the route, never the path: in that stands a person's link.</summary>
    private static async Task Trace(HttpContext http, RequestDelegate next)
    {
        using var activity = Vitals.Begin("page", (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "none");
        await next(http);
        activity?.SetTag("http.response.status_code", http.Response.StatusCode);
    }

    /// <summary>Set as the response starts: an error page clears what was set before.</summary>
    private static Task GuardHeaders(HttpContext http, RequestDelegate next)
    {
        http.Response.OnStarting(() =>
        {
            var headers = http.Response.Headers;
            headers.ContentSecurityPolicy = $"default-src 'none'; {http.Items[StylePolicy] ?? "style-src 'self'"}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";
            headers.CacheControl = headers.CacheControl.Count > 0 ? headers.CacheControl : "no-cache, no-store";
            return Task.CompletedTask;
        });
        return next(http);
    }

    /// <summary>UseAntiforgery only notes a bad token, and leaves it to a handler that reads the form to refuse; here none gets so far. A form that cannot be read has none.</summary>
    private static Task RefuseForgery(HttpContext http, RequestDelegate next)
    {
        if (http.Features.Get<IAntiforgeryValidationFeature>() is not { IsValid: false } refused)
        {
            return next(http);
        }

        var isTooLarge = refused.Error?.InnerException is InvalidDataException or IOException;
        if (!isTooLarge && http.GetEndpoint()?.Metadata.GetMetadata<GivesBackWhatWasTyped>() is not null && http.Request.Headers["Sec-Fetch-Site"] != "cross-site")
        {
            http.Items[Foreign] = true;
            http.Features.Set<IAntiforgeryValidationFeature>(null);
            return next(http);
        }

        if (!isTooLarge && http.GetEndpoint()?.Metadata.GetMetadata<SignsIn>() is not null && http.User.Identity is { IsAuthenticated: true })
        {
            return new OpenAnew("/").ExecuteAsync(http);
        }

        http.Response.StatusCode = isTooLarge ? StatusCodes.Status413PayloadTooLarge : StatusCodes.Status400BadRequest;
        return Task.CompletedTask;
    }

    /// <summary>Whether a form came without a token of who is signed in now: nothing is done with it but to show it again.</summary>
    public static bool IsForeign(this HttpContext http) => http.Items.ContainsKey(Foreign);

    private static Task PageFor(HttpContext http) => http.Response.StatusCode switch
    {
        StatusCodes.Status400BadRequest => Write(http, WebTexts.FormExpiredTitle, WebTexts.FormExpired),
        StatusCodes.Status413PayloadTooLarge => Write(http, WebTexts.TooLargeTitle, WebTexts.TooLarge),
        StatusCodes.Status404NotFound => Write(http, WebTexts.NotFoundTitle, WebTexts.NotFound),
        _ => Write(http, WebTexts.RefusedTitle, WebTexts.Refused),
    };

    private static Task Write(HttpContext http, string title, string text) => Pages.Problem(http.Response.StatusCode, title, text).ExecuteAsync(http);
}

/// <summary>On a form's route: its handler gets a form without a good token too, and shows it again.</summary>
public sealed class GivesBackWhatWasTyped;

/// <summary>On a form's route: it signs in. Pressed twice, the second press comes with the token of nobody from somebody who is signed in, and is led on.</summary>
public sealed class SignsIn;
