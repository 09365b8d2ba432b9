using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Previews;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Testing;
using Cohesion.Workflows.Walking;
using NodaTime;

namespace Cohesion.Workflows.Tests.Previews;

/// <summary>A community whose cycle is previewed as it starts, and whose people then do what the preview took them to do.</summary>
/// <param name="seed">What they are like.</param>
/// <param name="course">How they answer.</param>
/// <param name="settings">How many they are.</param>
internal sealed class PreviewedTown(int seed, Course course, WorldSettings settings) : ITown
{
    private readonly NamesOfIds _names = new();
    private readonly List<Deed> _toDo = [];
    private Crowd _crowd = null!;
    private int _read;

    /// <summary>What was to come, from the start on.</summary>
    public PreviewedCycle Preview { get; private set; } = null!;

    public CycleId Cycle { get; } = KickOffs.CycleOf(Townsfolk.Nonce);

    public Instant? NextDeed => _toDo.Count == 0 ? null : _toDo.Min(deed => deed.Due);

    public bool Bounces(string address) => false;

    public async Task KickOff(Incarnation product)
    {
        var coordinator = await Townsfolk.AddCoordinator(product.Get<People>());
        await product.Get<KickOffs>().Start(Townsfolk.KickOff(coordinator, settings.Facilitators, settings.Participants, settings.Capacity, settings.HasAccreditor));
        var cycle = (await product.Get<CycleRecords>().Read(Cycle))!.Snapshot;
        var somebody = await product.Get<People>().Get(coordinator);
        Preview = Workflows.Previews.Preview.Run(
            cycle, product.Get<Intake>().Now, new Crowd(cycle, course, seed), (key, then, at) => product.Get<LetterDesk>().HasteOf(key, somebody, then, at));
        _crowd = new Crowd(cycle, course, seed);
    }

    public void Read(MailProvider provider)
    {
        foreach (var mail in provider.Delivered.Skip(_read))
        {
            _names.Learn(mail);
            _toDo.AddRange(mail.Messages.SelectMany(message => _crowd.After(message, mail.At).Select(answer => new Deed(mail.Mail.Name, message.Person, answer.Due, at => Do(answer, at)))));
        }

        _read = provider.Delivered.Count;
    }

    public Deed? Due(Instant now, Deed? underWay = null) => _toDo.Where(deed => deed.Due <= now && deed != underWay).MinBy(deed => deed.Due);

    public void Done(Deed deed) => _toDo.Remove(deed);

    public string InNames(string text) => _names.In(text);

    /// <summary>"attendance.ask.r1-ask of person on 2027-04-06", in the order of the texts.</summary>
    public static IReadOnlyList<string> Lines(IEnumerable<(MessageKey Key, Instant At)> messages) =>
    [
        .. messages.Select(one => $"{new CommunityDays(Townsfolk.Zone).DateOf(one.At):uuuu-MM-dd} {one.Key}").Order(StringComparer.Ordinal),
    ];

    private static async Task Do(PlannedAnswer answer, AtForm at)
    {
        if (answer.Tell(at.Cycle, at.Now).ToList() is { Count: > 0 } facts)
        {
            await at.Record(facts);
        }
    }
}
