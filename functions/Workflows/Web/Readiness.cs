using Cohesion.Workflows.Records;
using Microsoft.AspNetCore.Http;

namespace Cohesion.Workflows.Web;

/// <summary>Whether pages can be served: the records answer.</summary>
public static class Readiness
{
    private static readonly TimeSpan AnswersWithin = TimeSpan.FromSeconds(5);

    public static async Task<IResult> Get(Wakes wakes, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(AnswersWithin);
        try
        {
            await wakes.All(patience.Token).AnyAsync(patience.Token);
            return Results.Text("ready");
        }
        catch (Exception) when (!cancel.IsCancellationRequested)
        {
            return Results.Text("the records cannot be reached", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }
}
