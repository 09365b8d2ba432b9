using System.Collections.Immutable;
using System.Globalization;
using Cohesion.Workflows.Coordinators;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Programmes;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Walking;
using Cohesion.Workflows.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using NodaTime;

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
public sealed class AdaptForm(CycleRecords cycles, People people, Intake intake, LetterDesk desk, Adapter adapter, ProgrammeVersions programmes)
{
    public const int LongestReason = 500;

    private const int Attempts = 5;

    /// <summary>Before it is known who joins.</summary>
    private static readonly PersonId Somebody = PersonId.From("somebody");

    /// <summary>Without anything chosen, what can be changed; else what it comes to.</summary>
    public async Task<IResult> Show(Visit visit, IQueryCollection query, CancellationToken cancel)
    {
        var isChosen = query["what"] is [{ Length: > 0 }];
        var what = await Read(visit.Cycle, name => query[name], visit.Now, cancel);
        var shown = what is null ? null : await Shown(visit.Cycle, what, visit.By, visit.Now, cancel);
        var complaint = !isChosen || shown is not null ? null : what is null ? AdaptTexts.Unreadable : Impossible(visit.Cycle, what, visit.Now);
        return await Page(visit, shown, cancel, complaint: complaint, typed: name => query[name].ToString());
    }

    public async Task<IResult> Apply(Visit visit, IFormCollection form, CancellationToken cancel)
    {
        if (form["joins-name"].Count > 0)
        {
            return await Name(visit, form, cancel);
        }

        if (await Read(visit.Cycle, name => form[name], visit.Now, cancel) is not { } what)
        {
            return await Page(visit.Complaining(AdaptTexts.Unreadable), null, cancel, typed: Typed(form));
        }

        if (int.TryParse(form["number"], CultureInfo.InvariantCulture, out var number) && Adapter.WasMade(visit.Cycle, what, number, visit.By))
        {
            return Done(visit, what, await Known(visit.Cycle, cancel));
        }

        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (await TryApply(visit, form, what, cancel) is { } answer)
            {
                return answer;
            }
        }

        return await Page(visit.Complaining(AdaptTexts.Differs), null, cancel, typed: Typed(form));
    }

    /// <summary>Null where somebody else changed the community meanwhile.</summary>
    private async Task<IResult?> TryApply(Visit visit, IFormCollection form, Adaptation what, CancellationToken cancel)
    {
        var (stored, now, reason) = ((await cycles.Read(visit.Cycle.Cycle, cancel))!, intake.Now, form["reason"].ToString().Trim());
        var standing = visit with { Cycle = stored.Snapshot, Now = now };
        what = await Read(stored.Snapshot, name => form[name], now, cancel) ?? what;
        if (await Shown(stored.Snapshot, what, visit.By, now, cancel) is not { } shown)
        {
            return await Page(standing.Complaining(Impossible(standing.Cycle, what, now)), null, cancel, typed: Typed(form));
        }

        if (!shown.Words.Lines.SequenceEqual(form["seen"].OfType<string>(), StringComparer.Ordinal))
        {
            return await Page(standing.Complaining(AdaptTexts.Differs), shown, cancel, reason, [.. form["seen"].OfType<string>()]);
        }

        if (reason.Length is 0 or > LongestReason)
        {
            return await Page(standing, shown, cancel, reason, complaint: reason.Length == 0 ? AdaptTexts.ReasonMissing : Say.Text(AdaptTexts.ReasonTooLong, LongestReason));
        }

        return await adapter.TryMake(stored, Adapter.Facts(stored.Snapshot, what, shown.Number, reason, visit.By, now)!, now, cancel)
            ? Done(visit, what, await Known(shown.Diff.After, cancel))
            : null;
    }

    /// <summary>A version of the programme is looked up, and who is to join; all else stands in the fields.</summary>
    private async Task<Adaptation?> Read(Snapshot cycle, Func<string, StringValues> field, Instant now, CancellationToken cancel) =>
        AdaptFields.Version(field) is not { } version ? AdaptFields.Read(field) is { } what && await IsKnown(what, cancel) ? what : null
        : await programmes.Now(cancel) is var known && PolicyOf(cycle, known, version) is { } policy && PolicyOf(cycle, known, cycle.ProgrammeVersion) is { } before
            ? new AdoptProgramme(version, Json.Write(Adopting.Merged(cycle, before, policy, now)))
            : null;

    private async Task<bool> IsKnown(Adaptation what, CancellationToken cancel) => what switch
    {
        AddFacilitator add => await people.Find(add.Person, cancel) is not null,
        ReplaceMember replace => await people.Find(replace.Joins, cancel) is not null,
        _ => true,
    };

    /// <summary>The cycle's own is what it started with, whatever is delivered by now.</summary>
    private static Policy? PolicyOf(Snapshot cycle, ProgrammeCatalogue known, int version) =>
        version == cycle.KickOff.ProgrammeVersion ? cycle.KickOff.Policy : known.At(cycle.KickOff.Programme, version)?.Policy;

    /// <summary>Who is to join is known from then on; what it comes to is shown as of others, and nothing has changed.</summary>
    private async Task<IResult> Name(Visit visit, IFormCollection form, CancellationToken cancel)
    {
        var (name, address) = (form["joins-name"].ToString().Trim(), form["joins-address"].ToString().Trim());
        Adaptation? With(PersonId joins) => AdaptFields.Read(field => field == "joins" ? joins.Value : form[field]);
        if ((With(Somebody) is not { } some ? AdaptTexts.Unreadable : Roster.Check(name, address) ?? WhyNot(visit, some)) is { } problem)
        {
            return await Page(visit, null, cancel, complaint: problem, typed: Typed(form));
        }

        var what = With(await people.FindOrAdd(name, address, visit.Zone, cancel))!;
        if (WhyNot(visit, what) is { } complaint)
        {
            return await Page(visit, null, cancel, complaint: complaint, typed: Typed(form));
        }

        return Results.Redirect($"/cycles/{visit.Cycle.Cycle}/adapt{AdaptFields.Query(what)}");
    }

    private static string? WhyNot(Visit visit, Adaptation what) =>
        Adapting.Follows(visit.Cycle, what, visit.By, visit.Now) is null ? Impossible(visit.Cycle, what, visit.Now) : null;

    private static Func<string, string> Typed(IFormCollection form) => field => form[field].ToString();

    /// <summary>What is wrong with a value, in words of its own; null where nothing is, or no words tell it.</summary>
    private static string? ProblemOf(Snapshot cycle, Adaptation what, Instant now) => what switch
    {
        SetPolicy set => PolicyWords.ProblemOf(cycle, set),
        AdoptProgramme adopt => PolicyWords.ProblemOf(cycle, Json.Read<Policy>(adopt.Policy)),
        PauseCycle when Pausing.SessionIsToCome(cycle, now) => Say.Text(AdaptTexts.PauseWaits, Say.Date(cycle.Session()!.LocalStart.Date)),
        not (EndCycle or ResumeCycle) when cycle.Pause() is not null => AdaptTexts.OnlyResume,
        MoveSession move when cycle.Session()?.LocalStart == move.Starts => AdaptTexts.MoveSame,
        MoveSession move when Adapting.Ahead(cycle, now) is not null && !Adapting.CanMoveTo(cycle, move.Starts, now) => AdaptTexts.MoveWhen,
        AddFacilitator add when cycle.HasRole(Role.Facilitator, add.Person) => AdaptTexts.AddFacilitatorIsOne,
        EndCycle when Adapting.CertificatesWait(cycle) => AdaptTexts.EndWaits,
        RemoveFacilitator remove when Facilitating.IsNeeded(cycle, remove.Person) => Say.Text(AdaptTexts.RemoveFacilitatorNeeded, cycle.Policy.FacilitatorTraining.Enough),
        GoBack back when GoingBack.WhyNot(cycle, back.Stage, now) is { } why => AdaptationWords.Of(back, why),
        _ => null,
    };

    private static string Impossible(Snapshot cycle, Adaptation what, Instant now) => ProblemOf(cycle, what, now) ?? AdaptTexts.Impossible;

    private async Task<ShownAdaptation?> Shown(Snapshot cycle, Adaptation what, PersonId by, Instant now, CancellationToken cancel)
    {
        var number = Adapter.Next(cycle);
        if (ProblemOf(cycle, what, now) is not null || Adapter.Facts(cycle, what, number, "", by, now) is not { } facts)
        {
            return null;
        }

        var diff = AdaptationDiff.Of(cycle, facts, now);
        var numbers = what is AdoptProgramme ? ProgrammeChanges.Between(cycle.Policy, diff.After.Policy) : [];
        var words = new AdaptationWords(diff, await Known(diff.After, cancel), numbers, (key, reader) => desk.HasteOf(key, reader, diff.After, now));
        return new ShownAdaptation(what, number, diff, words, await Letters(diff, now, cancel));
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
        Visit visit,
        ShownAdaptation? shown,
        CancellationToken cancel,
        string reason = "",
        IReadOnlyList<string>? seen = null,
        string? complaint = null,
        Func<string, string>? typed = null)
    {
        var isRefused = visit.Notice is { IsProblem: true } || complaint is not null;
        return Pages.Of<AdaptPage>(
            seen is not null ? StatusCodes.Status409Conflict : isRefused ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
            (nameof(AdaptPage.Visit), visit),
            (nameof(AdaptPage.Shown), shown),
            (nameof(AdaptPage.Known), await Known(shown?.Diff.After ?? visit.Cycle, cancel)),
            (nameof(AdaptPage.Newer), await Newer(visit.Cycle, cancel)),
            (nameof(AdaptPage.Reason), reason),
            (nameof(AdaptPage.Seen), seen),
            (nameof(AdaptPage.Complaint), complaint),
            (nameof(AdaptPage.Typed), typed));
    }

    /// <summary>The versions of the programme after the one that the cycle runs on, the newest first.</summary>
    private async Task<IReadOnlyList<int>> Newer(Snapshot cycle, CancellationToken cancel) =>
        [.. (await programmes.Now(cancel)).SavedOf(cycle.KickOff.Programme).Select(version => version.Number).Where(number => number > cycle.ProgrammeVersion).Reverse()];

    private static OpenAnew Done(Visit visit, Adaptation what, Dictionary<PersonId, Person> known) =>
        new($"/cycles/{visit.Cycle.Cycle}", Say.Text(AdaptTexts.Done, TimelineWords.Of(what, visit.Zone, person => known[person].Name)));
}
