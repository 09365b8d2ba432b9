using System.Globalization;
using System.Net;
using Azure.Identity;
using Cohesion.Workflows.Calendars;
using Microsoft.Graph.Models.ODataErrors;
using Microsoft.Kiota.Abstractions;
using NodaTime;

namespace Cohesion.Workflows.Graph;

/// <summary>Makes calls, so many at once at the most, and says what went wrong in the product's words: Graph's own can hold addresses.</summary>
internal sealed class GraphCalls(int atOnce) : IDisposable
{
    private static readonly Duration Pause = Duration.FromMinutes(1);

    private readonly SemaphoreSlim _places = new(atOnce);

    /// <exception cref="CalendarServiceException">It did not do as asked, or nobody knows.</exception>
    public async Task<T> Make<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancel)
    {
        await _places.WaitAsync(cancel);
        try
        {
            return await call(cancel);
        }
        catch (ApiException refusal)
        {
            throw Explain(refusal);
        }
        catch (AuthenticationFailedException failure)
        {
            throw new CalendarServiceException("No token for Microsoft Graph could be had.", failure);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException || (failure is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            throw new CalendarServiceException("Microsoft Graph did not answer.", failure);
        }
        finally
        {
            _places.Release();
        }
    }

    public Task Make(Func<CancellationToken, Task> call, CancellationToken cancel) => Make(
        async token =>
        {
            await call(token);
            return true;
        },
        cancel);

    public void Dispose() => _places.Dispose();

    private static CalendarServiceException Explain(ApiException refusal)
    {
        var code = (refusal as ODataError)?.Error?.Code ?? "";
        return (HttpStatusCode)refusal.ResponseStatusCode switch
        {
            HttpStatusCode.NotFound when code == "ErrorItemNotFound" => new EventGoneException(),
            HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable => new CalendarBusyException($"Microsoft Graph is busy ({code}).", After(refusal)),
            _ when code == "ErrorDuplicateTransactionId" => new TransactionTakenException(),
            _ => new CalendarServiceException($"Microsoft Graph said {refusal.ResponseStatusCode} ({code})."),
        };
    }

    /// <summary>Retry-After in seconds (RFC 9110, 10.2.3); Graph gives no date.</summary>
    private static Duration After(ApiException refusal) =>
        refusal.ResponseHeaders.FirstOrDefault(header => header.Key.Equals("Retry-After", StringComparison.OrdinalIgnoreCase)).Value?.FirstOrDefault() is { } seconds
        && int.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0
            ? Duration.FromSeconds(count)
            : Pause;
}

/// <summary>The name of an event was used for one of another draft.</summary>
internal sealed class TransactionTakenException() : CalendarServiceException("The event was made before, of another draft.");
