using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Telemetry;
using Microsoft.Extensions.Logging;
using NodaTime;
using NodaTime.Text;

namespace Cohesion.Workflows.Post;

/// <summary>
/// Asks a provider that took a mail what became of it, a little later and once more; one that it did not deliver came back, or was lost. See
/// docs/decisions/0024-a-mail-is-followed-up.md. It can stop anywhere: what was not settled is asked again.
/// </summary>
public sealed class DeliveryStatuses(
    IRecordStore records, Refusals refusals, Pacing pacing, ILogger<DeliveryStatuses> log, IDeliveryStatus? provider = null)
{
    private static readonly Duration First = Duration.FromMinutes(2);
    private static readonly Duration Last = Duration.FromMinutes(30);

    /// <summary>After it nobody asks for a mail whose status cannot be had.</summary>
    private static readonly Duration Patience = Duration.FromDays(1);

    /// <summary>From one round of asking to the next.</summary>
    private static readonly Duration Round = Duration.FromMinutes(15);

    private const int AtMost = 30;
    private const string Operation = "operation";
    private const string Accepted = "accepted";

    /// <summary>No hour sees more than five rounds, and twice as much may be asked for as may be sent, in a minute and in an hour.</summary>
    private readonly int _perRound = Math.Clamp(Math.Min(pacing.Quota.PerHour / 3 ?? AtMost, pacing.Quota.PerMinute ?? AtMost), 1, AtMost);

    /// <summary>The reminder to ask for a mail's status; written with its acceptance.</summary>
    internal static RecordWrite ToAsk(Envelope envelope, Instant accepted) => new RecordWrite.Put(Record.Of(
        Retention.ReminderOf(new RecordKey(Rows.PostPartition, PostRows.Status + envelope.Row), accepted + First),
        (Operation, envelope.OperationId.ToString("D")),
        (Accepted, InstantPattern.ExtendedIso.Format(accepted))));

    /// <summary>Whether a reminder is to ask. Where nobody can be asked it is one to remove.</summary>
    public bool IsToAsk(Record reminder) =>
        provider is not null && Retention.RowOf(reminder).Row.StartsWith(PostRows.Status, StringComparison.Ordinal);

    /// <summary>Asks for what has waited longest, so much at the most, where it is time for a round.</summary>
    /// <returns>Whether a mail came back: then there may be something to send.</returns>
    public async Task<bool> Ask(IReadOnlyCollection<Record> due, Instant now, CancellationToken cancel = default)
    {
        if (due.Count == 0 || !await pacing.TryAsk(now, now + Round, cancel))
        {
            return false;
        }

        var (settled, cameBack) = (new List<RecordWrite>(), false);
        foreach (var reminder in due.OrderBy(reminder => reminder.Key.Row, StringComparer.Ordinal).Take(_perRound))
        {
            var (heard, answer) = await TryAsk(reminder, now, cancel);
            settled.AddRange(heard switch
            {
                Heard.Told => await Settle(reminder, answer, now, cancel),
                Heard.Nothing => AskAgain(reminder, now),
                _ => [],
            });
            cameBack |= CameBack(answer);
            if (heard != Heard.Told)
            {
                break;
            }
        }

        await Commit(settled, cancel);
        return cameBack;
    }

    /// <summary>Where the provider does not tell, nothing more is asked for now. One status that cannot be had is in nobody's way: it is asked for again half an hour later.</summary>
    private async Task<(Heard Heard, MailAnswer? Answer)> TryAsk(Record reminder, Instant now, CancellationToken cancel)
    {
        try
        {
            var answer = await provider!.Outcome(Guid.ParseExact(reminder[Operation], "D"), cancel);
            if (answer is not { Status: MailStatus.Busy })
            {
                return (Heard.Told, answer);
            }

            await pacing.AskFrom(now + Duration.Max(Round, answer.After ?? Round), cancel);
            return (Heard.NotNow, null);
        }
        catch (Exception failure) when (failure is IOException or HttpRequestException or TimeoutException)
        {
            log.LogWarning(failure, "The mail provider did not say what became of {Operation}", reminder[Operation]);
            return (Heard.Nothing, null);
        }
    }

    /// <summary>What the provider has no status of any more, or still none at the last, is left at that.</summary>
    private async Task<RecordWrite[]> Settle(Record reminder, MailAnswer? answer, Instant now, CancellationToken cancel)
    {
        var last = InstantPattern.ExtendedIso.Parse(reminder[Accepted]).Value + Last;
        try
        {
            if (CameBack(answer))
            {
                await TakeBack(reminder, answer!, now, cancel);
            }

            return answer is null && DueOf(reminder) < last ? Later(reminder, last) : [Delete(reminder)];
        }
        catch (RecordConflictException)
        {
            log.LogInformation("{Operation} changed while it came back", reminder[Operation]);
            return [];
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            log.LogError(failure, "Not noted that {Operation} came back; it is tried again in {Pause}", reminder[Operation], Last);
            return Later(reminder, now + Last);
        }
    }

    private static RecordWrite[] AskAgain(Record reminder, Instant now) =>
        now < InstantPattern.ExtendedIso.Parse(reminder[Accepted]).Value + Patience ? Later(reminder, now + Last) : [Delete(reminder)];

    private static bool CameBack(MailAnswer? answer) => answer is { Status: MailStatus.Refused or MailStatus.Lost };

    private async Task TakeBack(Record reminder, MailAnswer answer, Instant now, CancellationToken cancel)
    {
        var status = Retention.RowOf(reminder);
        if (await records.Find(status with { Row = status.Row[PostRows.Status.Length..] }, cancel) is { } row)
        {
            await (answer.Status == MailStatus.Lost
                ? refusals.Lose(Envelope.Read(row), now, cancel)
                : refusals.CameBack(Envelope.Read(row), new Bounce(answer.Said, now), cancel));
            Vitals.Bounced.Add(1);
        }
    }

    private async Task Commit(List<RecordWrite> settled, CancellationToken cancel)
    {
        if (settled.Count == 0)
        {
            return;
        }

        try
        {
            await records.Commit(settled, cancel);
        }
        catch (RecordConflictException)
        {
            log.LogInformation("Reminders changed while mails were asked for");
        }
    }

    private static Instant DueOf(Record reminder) => Rows.TimeOf(reminder.Key.Row[PostRows.Expiring.Length..]);

    private static RecordWrite[] Later(Record reminder, Instant at) =>
        [Delete(reminder), new RecordWrite.Put(new Record(Retention.ReminderOf(Retention.RowOf(reminder), at), reminder.Properties))];

    private enum Heard
    {
        Told,
        NotNow,
        Nothing,
    }

    private static RecordWrite.Delete Delete(Record reminder) => new(reminder.Key, reminder.ETag);
}
