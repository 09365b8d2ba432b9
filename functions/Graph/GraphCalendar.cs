using Cohesion.Workflows.Calendars;
using Microsoft.Graph;
using Microsoft.Graph.Models;
using Microsoft.Graph.Users.Item;
using Microsoft.Graph.Users.Item.Calendar.GetSchedule;
using Microsoft.Graph.Users.Item.Events.Item.Cancel;
using NodaTime;

namespace Cohesion.Workflows.Graph;

/// <summary>
/// Sessions in the calendar of one mailbox of Microsoft 365. Times go out in UTC; each change names only what it changes, as another
/// property sent along would tell all who are invited (learn.microsoft.com/graph/api/event-update).
/// </summary>
public sealed class GraphCalendar(GraphServiceClient client, GraphSettings settings) : ICalendarService, IDisposable
{
    private const string Utc = "UTC";

    /// <summary>Graph takes four calls of an app to a mailbox at once (learn.microsoft.com/graph/throttling-limits, Outlook service).</summary>
    private readonly GraphCalls _calls = new(atOnce: 4);

    private UserItemRequestBuilder Organizer => client.Users[settings.Organizer];

    /// <summary>
    /// Graph knows the transaction again. Where the first attempt said something else it only refuses, so the event carries the name in a
    /// property of ours too, by which it is found then.
    /// </summary>
    public async Task<CreatedEvent> Create(string transaction, EventDraft draft, CancellationToken cancel = default)
    {
        try
        {
            var created = await _calls.Make(token => Organizer.Events.PostAsync(GraphEvents.Of(transaction, draft), cancellationToken: token), cancel);
            return new CreatedEvent(created!.Id!, GraphEvents.IsAsDrafted(created, draft));
        }
        catch (TransactionTakenException)
        {
            return new CreatedEvent(await FindByTransaction(transaction, cancel), IsAsDrafted: false);
        }
    }

    public Task Move(string id, Interval time, CancellationToken cancel = default) =>
        Patch(id, new Event { Start = GraphEvents.Time(time.Start), End = GraphEvents.Time(time.End) }, cancel);

    public Task Relocate(string id, string? place, CancellationToken cancel = default) =>
        Patch(id, new Event { Location = GraphEvents.Place(place) }, cancel);

    public Task Invite(string id, IReadOnlyCollection<CalendarUser> attendees, CancellationToken cancel = default) =>
        Patch(id, new Event { Attendees = [.. attendees.Select(GraphEvents.Attendee)] }, cancel);

    public Task Cancel(string id, string comment, CancellationToken cancel = default) =>
        _calls.Make(token => Organizer.Events[id].Cancel.PostAsync(new CancelPostRequestBody { Comment = comment }, cancellationToken: token), cancel);

    public async Task<IReadOnlyList<CalendarReply>> Replies(string id, CancellationToken cancel = default)
    {
        var kept = await _calls.Make(
            token => Organizer.Events[id].GetAsync(request => request.QueryParameters.Select = ["attendees", "isCancelled"], token), cancel);
        return kept!.IsCancelled == true ? throw new EventGoneException() : [.. (kept.Attendees ?? []).Select(GraphEvents.Reply).OfType<CalendarReply>()];
    }

    public async Task<IReadOnlyList<Interval>> Busy(string address, Interval within, CancellationToken cancel = default)
    {
        var asked = new GetSchedulePostRequestBody
        {
            Schedules = [address],
            StartTime = GraphEvents.Time(within.Start),
            EndTime = GraphEvents.Time(within.End),
        };
        var answer = await _calls.Make(
            token => Organizer.Calendar.GetSchedule.PostAsGetSchedulePostResponseAsync(
                asked, request => request.Headers.Add("Prefer", $"outlook.timezone=\"{Utc}\""), token),
            cancel);
        return [.. (answer?.Value ?? []).SelectMany(schedule => schedule.ScheduleItems ?? []).Where(GraphEvents.IsBusy).Select(GraphEvents.TimeOf)];
    }

    public void Dispose() => _calls.Dispose();

    private Task<Event?> Patch(string id, Event change, CancellationToken cancel) =>
        _calls.Make(token => Organizer.Events[id].PatchAsync(change, cancellationToken: token), cancel);

    private async Task<string> FindByTransaction(string transaction, CancellationToken cancel)
    {
        var found = await _calls.Make(
            token => Organizer.Events.GetAsync(
                request =>
                {
                    request.QueryParameters.Filter = GraphEvents.HasTransaction(transaction);
                    request.QueryParameters.Select = ["id"];
                },
                token),
            cancel);
        return found?.Value is [{ Id: { } id }, ..] ? id : throw new EventGoneException();
    }
}
