using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Web;
using Microsoft.AspNetCore.Http;

namespace Cohesion.Workflows.Post.Viewer;

/// <summary>The viewer's pages.</summary>
public static class MailPages
{
    public static async Task<IResult> List(MailViewer viewer, CancellationToken cancel) =>
        Pages.Of<MailListPage>((nameof(MailListPage.Mails), await viewer.All(cancel).Reverse().Take(200).ToListAsync(cancel)));

    public static async Task<IResult> Html(Guid id, MailViewer viewer, HttpContext http, CancellationToken cancel)
    {
        if (await viewer.Find(id, cancel) is not { } found)
        {
            return NotFound();
        }

        http.Items[WebProduct.StylePolicy] = "style-src 'unsafe-inline'";
        return Results.Content(found.Mail.Html, "text/html; charset=utf-8");
    }

    public static async Task<IResult> Text(Guid id, MailViewer viewer, CancellationToken cancel) =>
        await viewer.Find(id, cancel) is { } found ? Results.Text(found.Mail.Text, "text/plain; charset=utf-8") : NotFound();

    /// <summary>What the mail tells the calendar, to be read here; a calendar program gets it with the mail.</summary>
    public static async Task<IResult> Calendar(Guid id, MailViewer viewer, CancellationToken cancel) =>
        (await viewer.Find(id, cancel))?.Mail.Calendar is { } calendar ? Results.Text(calendar.Text, "text/plain; charset=utf-8") : NotFound();

    private static IResult NotFound() => Pages.Problem(StatusCodes.Status404NotFound, WebTexts.NotFoundTitle, WebTexts.NotFound);
}
