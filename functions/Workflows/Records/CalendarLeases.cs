using Cohesion.Workflows.Cycles;
using NodaTime;
using NodaTime.Text;

namespace Cohesion.Workflows.Records;

/// <summary>Lets one turn of a cycle at a time tell the calendar service: a row that is there while one does.</summary>
public sealed class CalendarLeases(IRecordStore records)
{
    /// <summary>Longer than all calls of a turn take. Who died while it told is not waited for any longer.</summary>
    public static readonly Duration Term = Duration.FromMinutes(5);

    /// <summary>A turn that comes while another tells looks again then.</summary>
    public static readonly Duration LooksAgainAfter = Duration.FromSeconds(10);

    private const string Until = "until";

    /// <summary>What the lease is returned by; null where another turn has it.</summary>
    public async Task<string?> TryTake(CycleId cycle, Instant now, CancellationToken cancel = default)
    {
        var standing = await records.Find(Rows.Of(cycle, Rows.CalendarLease), cancel);
        if (standing is not null && InstantPattern.ExtendedIso.Parse(standing[Until]).Value > now)
        {
            return null;
        }

        var lease = Record.Of(Rows.Of(cycle, Rows.CalendarLease), (Until, InstantPattern.ExtendedIso.Format(now + Term)));
        return await Try(standing is null ? new RecordWrite.Insert(lease) : new RecordWrite.Replace(lease, standing.ETag!), cancel);
    }

    /// <summary>Does nothing where the lease has run out and another turn has one.</summary>
    public Task Return(CycleId cycle, string lease, CancellationToken cancel = default) =>
        Try(new RecordWrite.Delete(Rows.Of(cycle, Rows.CalendarLease), lease), cancel);

    private async Task<string?> Try(RecordWrite write, CancellationToken cancel)
    {
        try
        {
            return (await records.Commit([write], cancel))[0];
        }
        catch (RecordConflictException)
        {
            return null;
        }
    }
}
