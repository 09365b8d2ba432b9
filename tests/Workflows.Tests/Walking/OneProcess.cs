using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Testing;
using Cohesion.Workflows.Walking;

namespace Cohesion.Workflows.Tests.Walking;

/// <summary>A process with a cycle that was just kicked off, taken step by step.</summary>
internal sealed class OneProcess : IDisposable
{
    private OneProcess(Fate fate, MailQuota quota, bool hasCalendarServer)
    {
        Quota = quota;
        Clock = new VirtualClock(World.Start);
        Calendar = hasCalendarServer ? new CalendarServer(Clock) : null;
        Mail = new MailProvider(Clock);
        Bell = new FakeBell(Clock, _ => []);
        Fate = fate;
        Product = NewProcess();
    }

    public VirtualClock Clock { get; }

    public MemoryRecordStore Records { get; } = new();

    public MailProvider Mail { get; }

    /// <summary>Null where mail carries the sessions.</summary>
    public CalendarServer? Calendar { get; }

    public FakeBell Bell { get; }

    public ErrorLog Log { get; } = new();

    public Fate Fate { get; set; }

    /// <summary>Whether the client of the store sends the next transaction twice.</summary>
    public Func<bool> IsRepeated { get; set; } = () => false;

    /// <summary>Happens just before each operation on the store.</summary>
    public Func<Task> BeforeOperation { get; set; } = () => Task.CompletedTask;

    /// <summary>Happens just before each send.</summary>
    public Func<Task> BeforeSend { get; set; } = () => Task.CompletedTask;

    /// <summary>Happens just before each call that changes the calendar.</summary>
    public Func<Task> BeforeCall { get; set; } = () => Task.CompletedTask;

    public Incarnation Product { get; private set; }

    public CycleId Cycle { get; } = KickOffs.CycleOf(Townsfolk.Nonce);

    public MailQuota Quota { get; }

    public static async Task<OneProcess> KickedOff(MailQuota? quota = null, bool hasCalendarServer = false)
    {
        var process = new OneProcess(Fate.Kind(), quota ?? MailQuota.None, hasCalendarServer);
        var coordinator = await Townsfolk.AddCoordinator(process.Product.Get<People>());
        await process.Product.Get<KickOffs>().Start(Townsfolk.KickOff(coordinator, 2, 3));
        await process.Turn();
        return process;
    }

    public async Task<Snapshot> Snapshot() => (await Product.Get<CycleRecords>().Read(Cycle))!.Snapshot;

    public Task<TurnResult> Turn() => Product.Get<Turn>().Take(Cycle);

    public async Task Record(Func<Snapshot, Fact> fact) => await Product.Get<Intake>().Record(Cycle, [fact(await Snapshot())]);

    public Task<bool> Pass() => Product.Get<Sender>().Pass();

    /// <summary>Passes until nothing is to be sent now.</summary>
    public async Task SendAll()
    {
        for (var pass = 0; await Pass(); pass++)
        {
            pass.ShouldBeLessThan(100);
        }
    }

    /// <summary>A turn and all its mail at a community's local time: "2027-02-02T11:00".</summary>
    public async Task At(string local)
    {
        Clock.MoveTo(Townsfolk.Local(local));
        await Turn();
        await SendAll();
    }

    /// <summary>The Division's.</summary>
    public async Task<Person> Lead() => await Product.Get<People>().Get((await Snapshot()).Members(Role.DivisionLead)[0]);

    /// <summary>The kinds of messages that reached people, with their stage: "case-study-selection.ask".</summary>
    public IEnumerable<string> Delivered(string name) => Mail.Delivered
        .Where(mail => mail.Mail.Name == name)
        .SelectMany(mail => mail.Messages)
        .Select(key => $"{key.Stage}.{key.Kind}.{key.Occasion}");

    public Incarnation NewProcess()
    {
        var life = new Lifetime(Fate);
        return new Incarnation(new Ports(
            new FaultyRecordStore(Records, life, () => BeforeOperation(), () => IsRepeated()),
            new FaultyRoundKeys(new MemoryRoundKeys(), life),
            new FaultyMailSender(Mail, life, () => BeforeSend()),
            Bell,
            new SeededIds(Fate.Steps),
            Clock,
            Log)
        {
            Quota = Quota,
            HasStatuses = Mail.TellsAfter is not null,
            Calendar = Calendar is null ? null : new FaultyCalendar(Calendar, life, () => BeforeCall()),
        });
    }

    public void Restart()
    {
        Product.Dispose();
        Product = NewProcess();
    }

    public void Dispose() => Product.Dispose();
}
