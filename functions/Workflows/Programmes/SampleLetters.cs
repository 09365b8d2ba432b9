using System.Collections.Immutable;
using Cohesion.Workflows.Coordinators;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Previews;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Walking;

namespace Cohesion.Workflows.Programmes;

/// <summary>The letters of a kind as an invented community gets them.</summary>
/// <param name="Key">Of one of them; null for texts that no letter of that community says.</param>
/// <param name="Letters">Each says something that the others do not.</param>
/// <param name="Names">Of the texts that they are made of.</param>
public sealed record LetterSample(MessageKey? Key, ImmutableList<Letter> Letters, ImmutableList<string> Names)
{
    public const int LongestLetter = 120;

    /// <summary>Whether one of them has too many words to be read.</summary>
    public bool IsTooLong => Letters.Exists(letter => WordsOf(letter) > LongestLetter);

    private static int WordsOf(Letter letter) => letter.Paragraphs.Sum(text => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length);
}

/// <summary>Writes the letters of a stage to an invented community, in words that are tried out. Nothing is recorded.</summary>
public sealed class SampleLetters(PreviewDesk preview)
{
    private const int MostVariants = 3;

    /// <summary>The reminders, and what follows of answers.</summary>
    private static readonly Course[] Courses = [Course.Silent, Course.Typical];

    public async Task<ImmutableList<LetterSample>> Of(
        Programme programme, string stage, ImmutableSortedDictionary<string, string> own, PersonId coordinator, CancellationToken cancel)
    {
        var letters = new List<PreviewedLetter>();
        foreach (var course in stage == ProgrammeWords.EveryStage ? [] : Courses)
        {
            var shown = await preview.OfStart(Request(programme, coordinator), course, cancel, own);
            letters.AddRange(shown.Letters.Where(letter => letter.Key.Stage == stage));
        }

        var (samples, rest) = (ImmutableList.CreateBuilder<LetterSample>(), ProgrammeWords.Names.FindAll(name => ProgrammeWords.StageOf(name) == stage));
        foreach (var kind in letters.GroupBy(letter => letter.Key.Kind))
        {
            var names = rest.FindAll(name => kind.Any(letter => letter.Texts.Contains(name)));
            rest = rest.RemoveRange(names);
            samples.Add(new LetterSample(kind.First().Key, Variants(kind), names));
        }

        return rest.IsEmpty ? samples.ToImmutable() : [.. samples, new LetterSample(null, [], rest)];
    }

    private static ImmutableList<Letter> Variants(IEnumerable<PreviewedLetter> letters) =>
        [.. letters.DistinctBy(letter => string.Join(' ', letter.Texts.Order(StringComparer.Ordinal))).Take(MostVariants).Select(letter => letter.Letter)];

    private static KickOffRequest Request(Programme programme, PersonId coordinator)
    {
        var people = ProgrammeTexts.Sample_People.Split(", ")
            .Select((name, i) => new TypedPerson(name, FormattableString.Invariant($"{i}@sample.example")))
            .ToImmutableList();
        return new KickOffRequest(
            "sample",
            ProgrammeTexts.Sample_Community,
            KickOffForm.Zones[0],
            Phone: "250 555 0100",
            programme,
            coordinator,
            DivisionLead: people[0],
            Coach: people[1],
            Facilitators: people.GetRange(3, 3),
            Participants: people.GetRange(6, people.Count - 6))
        {
            DivisionStaff = people[2],
            Partners = (programme.Preparations ?? []).ToImmutableSortedDictionary(task => task.Id, _ => people[2], StringComparer.Ordinal),
        };
    }
}
