using System.Runtime.CompilerServices;
using Cohesion.Workflows.Coordinators.Access;
using Cohesion.Workflows.Coordinators;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.LocalHost.Demo;
using Cohesion.Workflows.Post.Viewer;
using Cohesion.Workflows.Testing;
using Cohesion.Workflows.Web;
using NodaTime;
using Deed = Cohesion.Workflows.Testing.Deed;

namespace Cohesion.Workflows.LocalHost.Tests.Demo;

/// <summary>One community of the demo in a world where things go wrong: its people act on the product's pages, by the links of their mails.</summary>
internal sealed class DemoTown : ITown
{
    public const int Communities = 5;

    private readonly DemoWorld _world;
    private readonly Townspeople _people;
    private readonly NamesOfIds _names = new();
    private readonly ConditionalWeakTable<Incarnation, Counters> _counters = [];
    private readonly Dictionary<LocalHost.Demo.Deed, Deed> _deeds = [];
    private int _read;
    private int _refused;

    public DemoTown(int seed)
    {
        _world = new DemoWorld(seed, [seed % Communities]);
        _people = new Townspeople(_world, Townsfolk.Programme.Policy, Incarnation.Tokens);
    }

    public CycleId Cycle => Community.Cycle;

    public Instant? NextDeed => _people.NextDeed;

    private Community Community => _world.Communities[0];

    public bool Bounces(string address) => _world.Bounces(address);

    public async Task KickOff(Incarnation product)
    {
        var coordinators = product.Get<AccountList>();
        foreach (var coordinator in (Walking.TypedPerson[])[_world.Coordinator, _world.Deputy])
        {
            await coordinators.Add(coordinator.Name, coordinator.Address, "America/Vancouver");
        }

        await At(product).Desk.GoOnHoliday();
        await At(product).Desk.Start(Community);
    }

    public void Read(MailProvider provider)
    {
        foreach (var mail in provider.Refused.Skip(_refused).Concat(provider.Delivered.Skip(_read)))
        {
            _names.Learn(mail);
        }

        foreach (var mail in provider.Delivered.Skip(_read))
        {
            _people.Read(new ViewedMail(mail.Operation.ToString("N"), mail.At, mail.Mail));
        }

        (_read, _refused) = (provider.Delivered.Count, provider.Refused.Count);
    }

    public Deed? Due(Instant now, Deed? underWay = null)
    {
        var busy = _deeds.FirstOrDefault(one => one.Value == underWay).Key;
        if (_people.Due(now, busy) is not { } due)
        {
            return null;
        }

        return _deeds.TryGetValue(due, out var known)
            ? known
            : _deeds[due] = new Deed(due.Order, default, due.Due, at => due.Do(At(at.Product)));
    }

    public void Done(Deed deed)
    {
        var done = _deeds.First(one => one.Value == deed).Key;
        _deeds.Remove(done);
        _people.Done(done);
    }

    public string InNames(string text) => _names.In(text);

    private Counters At(Incarnation product) =>
        _counters.GetValue(product, one => Counters.Of(one.Get<IServiceProvider>(), _world, refused: []));
}
