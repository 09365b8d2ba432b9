using System.Collections.Immutable;
using System.Globalization;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Coordinators;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Walking;
using Cohesion.Workflows.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using NodaTime;
using NodaTime.Text;

namespace Cohesion.Workflows.Adaptations;

/// <summary>A mail that an adaptation sends, and to how many.</summary>
public sealed record AdaptedLetter(int Readers, Letter Letter);

/// <summary>An adaptation as a page shows it before it is made.</summary>
/// <param name="What">What is to be changed.</param>
/// <param name="Number">Which of the cycle's adaptations it would be.</param>
/// <param name="Diff">What it comes to.</param>
/// <param name="Words">The same in sentences.</param>
/// <param name="Letters">The mails that go out.</param>
public sealed record ShownAdaptation(Adaptation What, int Number, AdaptationDiff Diff, AdaptationWords Words, ImmutableList<AdaptedLetter> Letters);

/// <summary>
/// Changes a cycle that runs: shows first what it comes to, then makes it in one step under the cycle's ETag, unless it comes to
/// something else by then.
/// </summary>
public sealed class AdaptForm(CycleRecords cycles, People people, Wakes wakes, Intake intake, LetterDesk desk)
{
    public const int LongestReason = 500;

    private const int Attempts = 5;

    private static readonly LocalDateTimePattern Local = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");

    /// <summary>Without anything chosen, what can be changed; else what it comes to.</summary>
    public async Task<IResult> Show(Visit visit, IQueryCollection query, CancellationToken cancel)
    {
        var isChosen = query["what"] is [{ Length: > 0 }];
        var what = Read(name => query[name]);
        var shown = what is null ? null : await Shown(visit.Cycle, what, visit.By, visit.Now, cancel);
        var complaint = !isChosen || shown is not null ? null : what is null ? AdaptTexts.Unreadable : AdaptTexts.Impossible;
        return await Page(complaint is null ? visit : visit.Complaining(complaint), shown, cancel);
    }

    public async Task<IResult> Apply(Visit visit, IFormCollection form, CancellationToken cancel)
    {
        if (Read(name => form[name]) is not { } what)
        {
            return await Page(visit.Complaining(AdaptTexts.Unreadable), null, cancel);
        }

        if (int.TryParse(form["number"], CultureInfo.InvariantCulture, out var number) && visit.Cycle.Find<Adapted>(Adapted.RowOf(number)) is { } before && before.What == what && before.By == visit.By)
        {
            return Done(visit, what, await Known(visit.Cycle, cancel));
        }

        var reason = form["reason"].ToString().Trim();
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var stored = await cycles.Read(visit.Cycle.Cycle, cancel);
            var now = intake.Now;
            var standing = visit with { Cycle = stored!.Snapshot, Now = now };
            if (await Shown(stored.Snapshot, what, visit.By, now, cancel) is not { } shown)
            {
                return await Page(standing.Complaining(AdaptTexts.Impossible), null, cancel);
            }

            if (!shown.Words.Lines.SequenceEqual(form["seen"].OfType<string>(), StringComparer.Ordinal))
            {
                return await Page(standing.Complaining(AdaptTexts.Differs), shown, cancel, reason, [.. form["seen"].OfType<string>()]);
            }

            if (reason.Length is 0 or > LongestReason)
            {
                return await Page(standing, shown, cancel, reason, complaint: reason.Length == 0 ? AdaptTexts.ReasonMissing : Say.Text(AdaptTexts.ReasonTooLong, LongestReason));
            }

            if (await TryMake(stored, shown, reason, visit.By, now, cancel))
            {
                return Done(visit, what, await Known(stored.Snapshot, cancel));
            }
        }

        return await Page(visit.Complaining(AdaptTexts.Differs), null, cancel);
    }

    /// <returns>False where a turn was first: what it comes to is to be looked at again.</returns>
    private async Task<bool> TryMake(StoredCycle stored, ShownAdaptation shown, string reason, PersonId by, Instant now, CancellationToken cancel)
    {
        var cycle = stored.Snapshot.Cycle;
        var expected = await wakes.Expect(cycle, now, cancel);
        try
        {
            await cycles.Apply(stored, Facts(stored.Snapshot, shown.What, shown.Number, reason, by, now)!, now, cancel: cancel);
        }
        catch (RecordConflictException)
        {
            return false;
        }

        await intake.Ring(cycle, expected, cancel);
        return true;
    }

    private static ImmutableList<Fact>? Facts(Snapshot cycle, Adaptation what, int number, string reason, PersonId by, Instant now) =>
        Adapting.Follows(cycle, what, by, now) is { } follows ? follows.Insert(0, new Adapted(number, what, reason, by, now, Adapting.Back(cycle, what))) : null;

    private async Task<ShownAdaptation?> Shown(Snapshot cycle, Adaptation what, PersonId by, Instant now, CancellationToken cancel)
    {
        var number = cycle.Adaptations().Count + 1;
        if (Facts(cycle, what, number, "", by, now) is not { } facts)
        {
            return null;
        }

        var diff = AdaptationDiff.Of(cycle, facts, now);
        return new ShownAdaptation(what, number, diff, new AdaptationWords(diff, await Known(cycle, cancel)), await Letters(diff, now, cancel));
    }

    private async Task<ImmutableList<AdaptedLetter>> Letters(AdaptationDiff diff, Instant now, CancellationToken cancel)
    {
        var letters = ImmutableList.CreateBuilder<AdaptedLetter>();
        foreach (var alike in diff.Messages.Where(change => change.Fate == MessageFate.GoesOut).GroupBy(change => (change.Key.Stage, change.Key.Kind)))
        {
            var key = alike.First().Key;
            letters.Add(new AdaptedLetter(alike.Count(), await desk.Write(key, await people.Get(key.Person, cancel), people, diff.After, now, cancel)));
        }

        return letters.ToImmutable();
    }

    private async Task<Dictionary<PersonId, Person>> Known(Snapshot cycle, CancellationToken cancel)
    {
        var everybody = cycle.All<Member>().Select(member => member.Person).Concat(cycle.Adaptations().Select(adapted => adapted.By)).Distinct();
        return (await people.GetAll(everybody, cancel)).ToDictionary(person => person.Id);
    }

    private async Task<IResult> Page(
        Visit visit, ShownAdaptation? shown, CancellationToken cancel, string reason = "", IReadOnlyList<string>? seen = null, string? complaint = null)
    {
        var isRefused = visit.Notice is { IsProblem: true } || complaint is not null;
        return Pages.Of<AdaptPage>(
            seen is not null ? StatusCodes.Status409Conflict : isRefused ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
            (nameof(AdaptPage.Visit), visit),
            (nameof(AdaptPage.Shown), shown),
            (nameof(AdaptPage.Known), await Known(visit.Cycle, cancel)),
            (nameof(AdaptPage.Reason), reason),
            (nameof(AdaptPage.Seen), seen),
            (nameof(AdaptPage.Complaint), complaint));
    }

    private static OpenAnew Done(Visit visit, Adaptation what, Dictionary<PersonId, Person> known) =>
        new($"/cycles/{visit.Cycle.Cycle}", Say.Text(AdaptTexts.Done, TimelineWords.Of(what, visit.Zone, person => known[person].Name)));

    /// <summary>The fields of an adaptation, as forms and links hold it.</summary>
    public static IReadOnlyList<(string Name, string Value)> Fields(Adaptation what) => what switch
    {
        MoveSession move => [("what", "move"), ("starts", Local.Format(move.Starts))],
        PostponeSession => [("what", "postpone")],
        SetDeadline deadline => [("what", "deadline"), ("stage", deadline.Stage.Value), ("at", Local.Format(deadline.At))],
        ChangeCaseStudy change => [("what", "case-study"), ("case-study", change.CaseStudy)],
        SetCapacity capacity => [("what", "capacity"), ("seats", capacity.Seats?.ToString(CultureInfo.InvariantCulture) ?? "")],
        RemoveParticipant remove => [("what", "remove"), ("person", remove.Person.Value)],
        InviteAgain again => [("what", "invite-again"), ("person", again.Person.Value)],
        _ => throw new ArgumentOutOfRangeException(nameof(what)),
    };

    /// <summary>Null where nothing is chosen, or a field cannot be read.</summary>
    private static Adaptation? Read(Func<string, StringValues> field) => field("what").ToString() switch
    {
        "move" when Time(field("starts")) is { } starts => new MoveSession(starts),
        "postpone" => new PostponeSession(),
        "deadline" when Time(field("at")) is { } at && IdText.IsId(field("stage").ToString()) => new SetDeadline(StageId.From(field("stage").ToString()), at),
        "case-study" when field("case-study") is [{ Length: > 0 } id] => new ChangeCaseStudy(id),
        "capacity" when field("seats").ToString() is "" => new SetCapacity(null),
        "capacity" when int.TryParse(field("seats"), NumberStyles.None, CultureInfo.InvariantCulture, out var seats) => new SetCapacity(seats),
        "remove" when IdText.IsId(field("person").ToString()) => new RemoveParticipant(PersonId.From(field("person").ToString())),
        "invite-again" when IdText.IsId(field("person").ToString()) => new InviteAgain(PersonId.From(field("person").ToString())),
        _ => null,
    };

    private static LocalDateTime? Time(StringValues text) => Local.Parse(text.ToString()) is { Success: true, Value: var value } ? value : null;
}
