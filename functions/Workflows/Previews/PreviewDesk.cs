using System.Collections.Immutable;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Programmes;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Walking;
using NodaTime;

namespace Cohesion.Workflows.Previews;

/// <summary>A message of a preview as it is shown: once for all who get it on one day.</summary>
/// <param name="At">When the first of them gets it.</param>
/// <param name="Readers">Who gets it.</param>
/// <param name="Letter">As the first of them reads it.</param>
/// <param name="Key">Of the first of them.</param>
/// <param name="Texts">What it is worded with, where a wording is tried out.</param>
public sealed record PreviewedLetter(Instant At, ImmutableList<PersonId> Readers, Letter Letter, MessageKey Key, ImmutableHashSet<string> Texts);

/// <summary>What else somebody has to do with.</summary>
/// <param name="Person">Who.</param>
/// <param name="Sessions">When their sessions in other communities are.</param>
/// <param name="Tasks">How many coach's tasks they have open there.</param>
public sealed record Load(PersonId Person, ImmutableList<Instant> Sessions, int Tasks);

/// <summary>Many mails that go out at one instant, and by when the provider has taken them.</summary>
public sealed record Rush(int Mails, Instant From, Instant OutBy);

/// <summary>A preview with what a page needs of it.</summary>
/// <param name="Course">How people answer.</param>
/// <param name="Cycle">What it comes to.</param>
/// <param name="Letters">What goes out, in order.</param>
/// <param name="Loads">Of the coach and the facilitators, who has something elsewhere.</param>
/// <param name="Rush">The largest; null where the provider takes as many as there are.</param>
/// <param name="Known">Who the people are.</param>
public sealed record ShownPreview(
    Course Course,
    PreviewedCycle Cycle,
    ImmutableList<PreviewedLetter> Letters,
    ImmutableList<Load> Loads,
    Rush? Rush,
    ImmutableDictionary<PersonId, Person> Known);

/// <summary>Shows what is to come, of a cycle that runs and of one that is not started yet. Writes nothing.</summary>
public sealed class PreviewDesk(
    IRecordStore records, IIdSource ids, KickOffs kickOffs, LetterDesk desk, ProgrammeVersions programmes, CoachRows coachRows, Pacing pacing, IClock clock)
{
    /// <summary>The course that a page is asked for; the typical one where that is none.</summary>
    public static Course CourseIn(string? text) => Enum.TryParse<Course>(text, out var course) && Enum.IsDefined(course) ? course : Course.Typical;

    /// <param name="request">The form.</param>
    /// <param name="course">How people answer.</param>
    /// <param name="cancel">Stops it.</param>
    /// <param name="own">Words that are tried out; null for the programme's.</param>
    public async Task<ShownPreview> OfStart(
        KickOffRequest request, Course course, CancellationToken cancel, ImmutableSortedDictionary<string, string>? own = null)
    {
        var people = new People(new ScratchRecords(records), ids);
        var facts = await kickOffs.FactsOf(request, people, cancel);
        return await Of(new Snapshot(KickOffs.CycleOf(request.Nonce), facts, Elsewhere.Nothing), people, course, cancel, own);
    }

    public Task<ShownPreview> Of(Snapshot cycle, Course course, CancellationToken cancel) => Of(cycle, new People(records, ids), course, cancel);

    private async Task<ShownPreview> Of(
        Snapshot cycle, People people, Course course, CancellationToken cancel, ImmutableSortedDictionary<string, string>? own = null)
    {
        var known = (await people.GetAll(cycle.All<Member>().Select(member => member.Person).Concat(cycle.Reserves()).Distinct(), cancel)).ToImmutableDictionary(one => one.Id);
        cycle = cycle.With(await AllElsewhere(cycle, known.Keys, cancel));
        var now = clock.GetCurrentInstant();
        var coming = Preview.Run(cycle, now, new Crowd(cycle, course), (key, then, at) => desk.HasteOf(key, known[key.Person], then, at));
        return new ShownPreview(course, coming, await Letters(coming, people, known, own, cancel), await Loads(cycle, now, cancel), await RushOf(coming, cancel), known);
    }

    /// <summary>Also what a plan reads only at its time: a preview gets to that time.</summary>
    private async Task<Elsewhere> AllElsewhere(Snapshot cycle, IEnumerable<PersonId> people, CancellationToken cancel) =>
        await Bookings.Elsewhere(records, cycle.Cycle, people, cancel) with
        {
            Trained = cycle.Policy.FacilitatorTraining.RefreshMonths is null
                ? null
                : await Trainings.Newest(records, cycle.Cycle, cycle.KickOff.Programme, cycle.Members(Role.Facilitator), cancel),
        };

    private async Task<ImmutableList<PreviewedLetter>> Letters(
        PreviewedCycle coming,
        People people,
        ImmutableDictionary<PersonId, Person> known,
        ImmutableSortedDictionary<string, string>? own,
        CancellationToken cancel)
    {
        var days = new CommunityDays(coming.End.KickOff.Zone);
        var programme = (await programmes.Now(cancel)).WordingOf(coming.End.KickOff.Programme);
        var letters = ImmutableList.CreateBuilder<PreviewedLetter>();
        foreach (var alike in coming.Mails.SelectMany(mail => mail.Messages.Select(key => (Mail: mail, Key: key)))
            .GroupBy(one => (days.DateOf(one.Mail.At), one.Key.Stage, one.Key.Kind, one.Key.Occasion)))
        {
            var (mail, key) = alike.First();
            var wording = own is null ? programme : new Wording(own);
            var letter = await desk.Write(key, known[key.Person], people, mail.Cycle, mail.At, wording, cancel);
            letters.Add(new PreviewedLetter(mail.At, [.. alike.Select(one => one.Key.Person).Distinct()], letter, key, own is null ? [] : [.. wording.Asked]));
        }

        return letters.ToImmutable();
    }

    private async Task<ImmutableList<Load>> Loads(Snapshot cycle, Instant now, CancellationToken cancel)
    {
        var loads = ImmutableList.CreateBuilder<Load>();
        foreach (var person in cycle.Members(Role.Coach).Concat(cycle.Members(Role.Facilitator)).Distinct())
        {
            var sessions = cycle.Elsewhere.Bookings.GetValueOrDefault(person, []).Select(booking => booking.Starts).Where(starts => starts > now).Order();
            var tasks = await coachRows.Of(person, cancel).Where(row => row.Cycle != cycle.Cycle).Select(row => row.Tasks.Count).SumAsync(cancel);
            loads.Add(new Load(person, [.. sessions], tasks));
        }

        return [.. loads.Where(load => load.Tasks > 0 || load.Sessions.Count > 0)];
    }

    private async Task<Rush?> RushOf(PreviewedCycle coming, CancellationToken cancel)
    {
        var quota = pacing.Quota.For(Haste.Asks);
        if (!quota.IsLimited || coming.Mails.IsEmpty)
        {
            return null;
        }

        var largest = coming.Mails.GroupBy(mail => mail.At).MaxBy(mails => mails.Count())!;
        var hours = new WorkingHours(coming.End.KickOff.Zone);
        var outBy = (await pacing.Find(cancel)).OutBy(largest.Count(), quota, hours.Next, largest.Key);
        return new Rush(largest.Count(), largest.Key, outBy);
    }
}
