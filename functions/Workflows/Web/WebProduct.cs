using Cohesion.Workflows.Texts;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Cohesion.Workflows.Web;

/// <summary>The product's own request pipeline, the same on every host.</summary>
public static class WebProduct
{
    public static void UseWorkflows(this IApplicationBuilder app)
    {
        app.UseExceptionHandler(failed => failed.Run(http =>
            Pages.Problem(StatusCodes.Status500InternalServerError, WebTexts.ErrorTitle, WebTexts.Error).ExecuteAsync(http)));
        app.Use(GuardHeaders);
        app.UseStatusCodePages(context => PageFor(context.HttpContext));
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.Use(RefuseForgery);
        app.UseEndpoints(Routes.Map);
    }

    private static Task GuardHeaders(HttpContext http, RequestDelegate next)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-cache, no-store";
        headers.Pragma = "no-cache";
        return next(http);
    }

    /// <summary>UseAntiforgery only notes a bad token, and leaves it to a handler that reads the form to refuse; here none gets so far.</summary>
    private static Task RefuseForgery(HttpContext http, RequestDelegate next)
    {
        if (http.Features.Get<IAntiforgeryValidationFeature>() is not { IsValid: false })
        {
            return next(http);
        }

        http.Response.StatusCode = StatusCodes.Status400BadRequest;
        return Task.CompletedTask;
    }

    private static Task PageFor(HttpContext http) => http.Response.StatusCode switch
    {
        StatusCodes.Status400BadRequest => Write(http, WebTexts.FormExpiredTitle, WebTexts.FormExpired),
        StatusCodes.Status404NotFound => Write(http, WebTexts.NotFoundTitle, WebTexts.NotFound),
        _ => Task.CompletedTask,
    };

    private static Task Write(HttpContext http, string title, string text) => Pages.Problem(http.Response.StatusCode, title, text).ExecuteAsync(http);
}
