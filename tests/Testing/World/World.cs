using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Previews;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Walking;
using NodaTime;

namespace Cohesion.Workflows.Testing;

/// <summary>Who can be at work.</summary>
public enum Actor
{
    /// <summary>A person at a form.</summary>
    Deed,

    /// <summary>A turn of the cycle.</summary>
    Turn,

    /// <summary>A pass of the sender.</summary>
    Pass,
}

/// <summary>What a process does on the store, or a send.</summary>
/// <param name="Actor">Who is at work.</param>
/// <param name="Number">Counts the operations of that actor.</param>
/// <param name="OfAct">Counts those of one act: of one deed, one turn, one pass.</param>
public sealed record Operation(Actor Actor, int Number, int OfAct);

/// <summary>How a world is, and what goes wrong in it.</summary>
/// <param name="Seed">Decides what people are like, and their ids.</param>
public sealed record WorldSettings(int Seed)
{
    public int Facilitators { get; init; } = 2;

    public int Participants { get; init; } = 3;

    /// <summary>Another community than that of <see cref="Inhabitants"/>, made anew for each world.</summary>
    public Func<ITown>? Town { get; init; }

    /// <summary>How many seats there are; null for as many as are asked for.</summary>
    public int? Capacity { get; init; }

    /// <summary>Whether a partner is asked for the accreditation, which certificates wait for.</summary>
    public bool HasAccreditor { get; init; }

    /// <summary>Whether people who were forgotten are added, and names corrected.</summary>
    public bool IsAmended { get; init; }

    /// <summary>Whether the coordinator changes the community as it runs.</summary>
    public bool IsAdapted { get; init; }

    /// <summary>The one adaptation that the coordinator makes, once, and the stage: "scheduling MoveSession"; null for any at any.</summary>
    public string? Adapts { get; init; }

    /// <summary>Where adaptations are noted.</summary>
    public AdaptationLog? Adaptations { get; init; }

    /// <summary>What the processes share.</summary>
    public IRecordStore Records { get; init; } = new MemoryRecordStore();

    public Fate Fate { get; init; } = Fate.Kind();

    /// <summary>Whether the client of the store sends the n-th transaction twice.</summary>
    public Func<int, bool> IsRepeated { get; init; } = _ => false;

    /// <summary>What goes wrong with the n-th send.</summary>
    public Func<int, Mishap> Mishaps { get; init; } = _ => Mishap.None;

    /// <summary>How long after it took the n-th mail the provider knows what becomes of it; null where it says so at once.</summary>
    public Func<int, Duration>? TellsAfter { get; init; }

    /// <summary>What goes wrong with the n-th time that the provider is asked what became of a mail.</summary>
    public Func<int, Mishap> StatusMishaps { get; init; } = _ => Mishap.None;

    /// <summary>Whether the provider fails with the n-th mail that it took.</summary>
    public Func<int, bool> Loses { get; init; } = _ => false;

    public Func<Instant, bool> ProviderIsAway { get; init; } = _ => false;

    /// <summary>How many mails the provider takes.</summary>
    public MailQuota Quota { get; init; } = MailQuota.None;

    /// <summary>The delays after which the n-th ring calls; null where the walk hears every ring and keeps every wake at once.</summary>
    public Func<int, IEnumerable<Duration>>? Rings { get; init; }

    /// <summary>Whether people see to things at one hour and all at once, in an order that the seed mixes with turns and mails.</summary>
    public bool IsCrowded { get; init; }

    /// <summary>Whether a calendar server holds the sessions; else mail carries them.</summary>
    public bool HasCalendarServer { get; init; }

    /// <summary>What goes wrong with the n-th call to it.</summary>
    public Func<int, Mishap> CalendarMishaps { get; init; } = _ => Mishap.None;

    /// <summary>What a second process does just before an operation of the first.</summary>
    public Func<Operation, IEnumerable<Actor>> Meanwhile { get; init; } = _ => [];
}

/// <summary>
/// The product with a community around it, in virtual time. Processes die and start again over the same store; people act on
/// the mails that reach them, and try again where a page did not answer.
/// </summary>
public sealed partial class World : IDisposable
{
    public static readonly Instant Start = Instant.FromUtc(2027, 2, 2, 18, 0);

    private readonly WorldSettings _settings;
    private readonly ITown _town;
    private readonly FakeBell _bell;
    private readonly SeededIds _ids;
    private readonly Incarnation _other;
    private Incarnation _product;
    private int _transactions;

    public World(WorldSettings settings)
    {
        _settings = settings;
        Habits = new Habits(settings.Seed);
        Clock = new VirtualClock(Start);
        _town = settings.Town?.Invoke() ?? new Inhabitants(Habits, settings);
        Mail = new MailProvider(Clock)
        {
            Bounces = _town.Bounces,
            Mishaps = settings.Mishaps,
            TellsAfter = settings.TellsAfter,
            StatusMishaps = settings.StatusMishaps,
            Loses = settings.Loses,
            IsAway = settings.ProviderIsAway,
        };
        Calendar = new CalendarServer(Clock) { Mishaps = settings.CalendarMishaps, IsAway = settings.ProviderIsAway };
        _ids = new SeededIds(settings.Seed);
        _bell = new FakeBell(Clock, settings.Rings ?? (_ => []));
        _other = NewProcess(Records);
        _product = NewProcess();
    }

    public Habits Habits { get; }

    public VirtualClock Clock { get; }

    public MailProvider Mail { get; }

    public CalendarServer Calendar { get; }

    public MemoryRoundKeys Keys { get; } = new();

    public ErrorLog Log { get; } = new();

    public IRecordStore Records => _settings.Records;

    public MailQuota Quota => _settings.Quota;

    public CycleId Cycle => _town.Cycle;

    /// <summary>How often a process died.</summary>
    public int Crashes { get; private set; }

    /// <summary>The cycle, or null before it started.</summary>
    public async Task<Snapshot?> Snapshot() => (await _other.Get<CycleRecords>().Read(Cycle))?.Snapshot;

    /// <summary>An object of a process that no fault reaches.</summary>
    public T Get<T>()
        where T : notnull => _other.Get<T>();

    /// <summary>A text or key with people's names in place of their ids.</summary>
    public string InNames<T>(T key)
        where T : notnull => _town.InNames(key.ToString()!);

    /// <summary>Another process that no fault reaches, over a store of its own making.</summary>
    public Incarnation NewProcess(IRecordStore records) => new(new Ports(records, Keys, Mail, _bell, _ids, Clock, Log)
    {
        Quota = Quota,
        HasStatuses = HasStatuses,
        Calendar = _settings.HasCalendarServer ? Calendar : null,
    });

    /// <summary>What a crash leaves: the store, the keys, the mails; no object of the process.</summary>
    public void Restart()
    {
        _product.Dispose();
        _product = NewProcess();
    }

    public void Dispose()
    {
        _product.Dispose();
        _other.Dispose();
    }

    private bool HasStatuses => _settings.TellsAfter is not null;

    private Incarnation NewProcess()
    {
        var life = new Lifetime(_settings.Fate);
        return new Incarnation(new Ports(
            new FaultyRecordStore(Records, life, Meanwhile, () => _settings.IsRepeated(++_transactions)),
            new FaultyRoundKeys(Keys, life),
            new FaultyMailSender(Mail, life, Meanwhile),
            _bell,
            _ids,
            Clock,
            Log)
        {
            Quota = Quota,
            HasStatuses = HasStatuses,
            Calendar = _settings.HasCalendarServer ? new FaultyCalendar(Calendar, life, Meanwhile) : null,
        });
    }
}
