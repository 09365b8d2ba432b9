using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Testing;
using Cohesion.Workflows.Tests.Walking;
using NodaTime;
using static Cohesion.Workflows.Tests.Calendars.OneDate;

namespace Cohesion.Workflows.Tests.Calendars;

/// <summary>A calendar server holds the session, in place of mail.</summary>
public abstract class OnACalendarServer : IAsyncLifetime
{
    private protected OneProcess Process { get; private set; } = null!;

    protected CalendarServer Server => Process.Calendar!;

    /// <summary>Facilitator 1 leads; the date is fixed.</summary>
    public async ValueTask InitializeAsync()
    {
        Process = await OneProcess.KickedOff(hasCalendarServer: true);
        await Process.FixTheDate();
    }

    public ValueTask DisposeAsync()
    {
        Process.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    protected Task<bool> Date(int round, LocalDateTime starts)
    {
        var now = Process.Clock.Now;
        return Process.Record(new StageOpened(StageIds.Scheduling, round, now), new SessionDated(StageIds.Scheduling, round, now, starts, Townsfolk.Zone));
    }

    protected async Task<Person> SeatedGuest()
    {
        var guest = await Process.Named("Participant 1");
        await Process.Record(new StageOpened(StageIds.Attendance, 1, Process.Clock.Now));
        await Reply(guest, comes: true);
        await Rest();
        return guest;
    }

    protected Task<bool> Reply(Person guest, bool comes) => Process.Record(new Replied(1, guest.Id, comes, guest.Id, Process.Clock.Now));

    /// <summary>An hour later something happens at the server, and the cycle takes a turn.</summary>
    protected async Task Later(Action happens)
    {
        Process.Clock.MoveTo(Process.Clock.Now + Duration.FromHours(1));
        happens();
        await Rest();
    }

    protected async Task NextMorning()
    {
        Process.Clock.MoveTo(Process.Clock.Now + Duration.FromDays(1));
        await Rest();
    }

    /// <summary>Turns until none is due at once, and all mail.</summary>
    protected async Task Rest()
    {
        for (var turn = 0; (await Process.Turn()).NextWake <= Process.Clock.Now.ToDateTimeUtc(); turn++)
        {
            turn.ShouldBeLessThan(20);
        }

        await Process.SendAll();
    }

    protected int Coordinators(string kind) => Process.Mail.Delivered
        .Where(mail => mail.Mail.Name == Townsfolk.Coordinator)
        .SelectMany(mail => mail.Messages)
        .Count(key => key.Kind == kind);
}
