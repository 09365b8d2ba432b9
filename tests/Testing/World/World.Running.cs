using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Previews;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Walking;
using NodaTime;

namespace Cohesion.Workflows.Testing;

/// <summary>How time passes in a world.</summary>
public sealed partial class World
{
    private const int ThingsAtOneInstantAtMost = 10_000;

    /// <summary>A pass leaves alone for two minutes what another pass has in hand.</summary>
    private static readonly Duration RecoveryTakesAtMost = Duration.FromMinutes(5);

    private static readonly Duration Forever = Duration.FromDays(2 * 365);
    private static readonly long SweepTicks = Duration.FromMinutes(5).BclCompatibleTicks;

    /// <summary>Nothing wakes a host to ask what became of a mail: one of its passes does, some minutes after another.</summary>
    private static readonly Duration PassesEvery = Duration.FromMinutes(5);

    private readonly Dictionary<Actor, int> _operations = [];
    private readonly Dictionary<Actor, int> _longest = [];
    private readonly Dictionary<Actor, Instant> _deaths = [];
    private bool _hasStarted;
    private Instant _lastPass;
    private Actor? _actor;
    private int _operationsOfAct;
    private Deed? _underWay;

    /// <summary>The most operations that one act of an actor had, in all processes but the second one.</summary>
    public int LongestActOf(Actor actor) => _longest.GetValueOrDefault(actor);

    /// <summary>Goes from one instant at which something is due to the next, until nothing is due ever again.</summary>
    public Task RunToTheEnd() => RunUntil(() => Task.FromResult(false));

    /// <summary>The same, until something is so.</summary>
    public async Task RunUntil(Func<Task<bool>> isSo)
    {
        for (Instant? next = Clock.Now; next is not null; next = await NextInstant())
        {
            if (next > Start + Forever)
            {
                Log.Add("The cycle does not end.");
                return;
            }

            Clock.MoveTo(next.Value);
            await DoWhatIsDue();
            if (await isSo())
            {
                return;
            }
        }
    }

    private async Task DoWhatIsDue()
    {
        for (var things = 0; await WhoIsDue() is { Count: > 0 } due; things++)
        {
            if (things > ThingsAtOneInstantAtMost)
            {
                throw new InvalidOperationException($"The world does not come to rest at {Clock.Now}.");
            }

            await Do(due[_settings.IsCrowded ? Habits.Pick(due.Count, "world", $"{Clock.Now} {things}") : 0]);
        }

        await NothingIsLeftUndone();
    }

    private async Task<List<Actor>> WhoIsDue()
    {
        _town.Read(Mail);
        var due = new List<Actor>();
        if (!_hasStarted || _town.Due(Clock.Now) is not null)
        {
            due.Add(Actor.Deed);
        }

        if (_bell.NextCall <= Clock.Now || await WakesDue() is { Count: > 0 })
        {
            due.Add(Actor.Turn);
        }

        if (await NextPass() <= Clock.Now)
        {
            due.Add(Actor.Pass);
        }

        return due;
    }

    /// <summary>Has the process do something, and starts another where it died of it.</summary>
    private async Task Do(Actor actor)
    {
        try
        {
            _settings.Fate.BeginAct(isRecovery: _deaths.TryGetValue(actor, out var death) && Clock.Now < death + RecoveryTakesAtMost);
            (_actor, _operationsOfAct) = (actor, 0);
            await Act(_product, actor);
        }
        catch (CrashException)
        {
            Crashes++;
            _deaths[actor] = Clock.Now;
            Restart();
        }
        finally
        {
            _actor = null;
            _underWay = null;
        }
    }

    private Task Act(Incarnation product, Actor actor) => actor switch
    {
        Actor.Deed => DoADeed(product),
        Actor.Turn => TakeTurns(product),
        _ => Pass(product),
    };

    private Task<bool> Pass(Incarnation product)
    {
        _lastPass = Clock.Now;
        return product.Get<Sender>().Pass();
    }

    private async Task DoADeed(Incarnation product)
    {
        if (!_hasStarted)
        {
            await _town.KickOff(product);
            _hasStarted = true;
        }
        else if (_town.Due(Clock.Now, _underWay) is { } deed)
        {
            _underWay ??= deed;
            var cycle = await product.Get<CycleRecords>().Read(Cycle);
            await deed.Do(new AtForm(product, cycle!.Snapshot, deed.Person, deed.Name, Habits));
            _town.Done(deed);
        }
    }

    private async Task TakeTurns(Incarnation product)
    {
        foreach (var cycle in _bell.TakeCalls().Concat(await WakesDue()).DefaultIfEmpty(Cycle))
        {
            await product.Get<Turn>().Take(cycle);
        }
    }

    /// <summary>The second process gets in between, just before an operation of the first.</summary>
    private async Task Meanwhile()
    {
        if (_actor is not { } actor)
        {
            return;
        }

        var number = _operations[actor] = _operations.GetValueOrDefault(actor) + 1;
        _longest[actor] = Math.Max(_longest.GetValueOrDefault(actor), ++_operationsOfAct);
        _actor = null;
        foreach (var other in _settings.Meanwhile(new Operation(actor, number, _operationsOfAct)))
        {
            await Act(_other, other);
        }

        _actor = actor;
    }

    private async Task<List<CycleId>> WakesDue() =>
        await Get<Wakes>().All()
            .Where(wake => wake.IsDue(Clock.Now) && IsNoticed(wake.Next) <= Clock.Now)
            .Select(wake => wake.Cycle)
            .ToListAsync();

    /// <summary>When the walk sees a due wake row: at once, or where rings and timers go astray, at the next sweep of the hosts.</summary>
    private Instant IsNoticed(Instant wake)
    {
        if (_settings.Rings is null)
        {
            return wake;
        }

        var ticks = Instant.Max(wake, Clock.Now).ToUnixTimeTicks();
        return Instant.FromUnixTimeTicks((ticks + SweepTicks - 1) / SweepTicks * SweepTicks);
    }

    private async Task<Instant?> NextInstant()
    {
        _town.Read(Mail);
        var wakes = await Get<Wakes>().All()
            .Where(wake => wake.Next < Instant.MaxValue)
            .Select(wake => (Instant?)IsNoticed(wake.Next))
            .ToListAsync();
        return wakes.Append(await NextPass()).Append(_town.NextDeed).Append(_bell.NextCall).Min();
    }

    private async Task<Instant?> NextPass()
    {
        var next = await Get<PostOffice>().NextDue();
        return HasStatuses && await NextStatus() is { } status ? new[] { next, Instant.Max(status, _lastPass + PassesEvery) }.Min() : next;
    }

    private async Task<Instant?> NextStatus() =>
        (await Get<Retention>().Due(Clock.Now + Duration.FromHours(1))).Where(Get<DeliveryStatuses>().IsToAsk)
            .Select(reminder => (Instant?)Rows.TimeOf(reminder.Key.Row["x.".Length..])).Min();

    /// <summary>
    /// At rest nothing is to be recorded that is not, so no cycle stands still, and nothing is wanted that was withdrawn; or the turn that
    /// sees to it is due within a minute.
    /// </summary>
    private async Task NothingIsLeftUndone()
    {
        if (await Get<Wakes>().Find(Cycle) is not { IsParked: false } wake
            || wake.Next <= Clock.Now + Duration.FromMinutes(1)
            || await Snapshot() is not { } cycle)
        {
            return;
        }

        if (Planner.Plan(cycle, Clock.Now).Changes is { IsEmpty: false } undone)
        {
            Log.Add($"At {Clock.Now} nothing is due, yet undone: {string.Join(", ", undone)}");
        }

        var withdrawn = cycle.All<Issued>().Where(issued => issued.Withdrawn is not null).Select(issued => issued.Key).ToList();
        if (withdrawn.Count > 0 && withdrawn.Find(Planner.WantedNow(cycle, Clock.Now).Contains) is { } wanted)
        {
            Log.Add($"At {Clock.Now} {InNames(wanted)} is wanted and was withdrawn.");
        }
    }
}
