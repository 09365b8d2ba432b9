using System.Collections.Immutable;
using Cohesion.Workflows.Calendars;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Programmes;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Web;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Cohesion.Workflows.Post;

/// <summary>Where this installation stands for the people who get its mail.</summary>
/// <param name="PublicUrl">The address that links start with.</param>
public sealed record PublicAddress(Uri PublicUrl);

/// <summary>Messages written as one mail.</summary>
/// <param name="Mail">The mail.</param>
/// <param name="Messages">Those that are in it.</param>
public sealed record WrittenMail(Mail Mail, ImmutableList<MessageKey> Messages);

/// <summary>Writes the messages of an envelope as one mail.</summary>
public sealed class LetterDesk(
    IEnumerable<ILetterWriter> writers,
    People people,
    Correspondence correspondence,
    ILinks links,
    PublicAddress address,
    ProgrammeVersions programmes,
    IServiceScopeFactory scopes,
    ILoggerFactory logs)
{
    private readonly ILogger _log = logs.CreateLogger<LetterDesk>();
    private readonly Dictionary<string, ILetterWriter> _writers = writers.ToDictionary(writer => writer.Stage, StringComparer.Ordinal);

    public Haste HasteOf(MessageKey key, Person reader, Snapshot? cycle, Instant now) =>
        _writers.GetValueOrDefault(key.Stage)?.HasteOf(key, new LetterContext(reader, people, links, cycle, now)) ?? Haste.Tells;

    /// <summary>One message, for a cycle as it is at an instant.</summary>
    public async Task<Letter> Write(MessageKey key, Person reader, People known, Snapshot cycle, Instant at, CancellationToken cancel) =>
        await Write(key, new LetterContext(reader, known, links, cycle, at), (await programmes.Now(cancel)).WordingOf(cycle.KickOff.Programme), cancel);

    /// <summary>The same in a wording that is not the programme's.</summary>
    public Task<Letter> Write(MessageKey key, Person reader, People known, Snapshot cycle, Instant at, Wording wording, CancellationToken cancel) =>
        Write(key, new LetterContext(reader, known, links, cycle, at), wording, cancel);

    /// <summary>One mail of all messages that can be written; one that cannot does not hold up the others.</summary>
    /// <param name="operation">The envelope's.</param>
    /// <param name="reader">Whose messages they are.</param>
    /// <param name="addressee">Who gets the mail: the reader, or their deputy.</param>
    /// <param name="messages">The most pressing first.</param>
    /// <param name="cycles">What they are about.</param>
    /// <param name="cancel">Stops it.</param>
    /// <exception cref="InvalidOperationException">None can be written.</exception>
    public async Task<WrittenMail> Write(
        Guid operation, Person reader, Person addressee, IReadOnlyList<MessageKey> messages, CyclesAtNow cycles, CancellationToken cancel)
    {
        var (catalogue, written) = (await programmes.Now(cancel), new List<(MessageKey Key, Letter Letter)>());
        foreach (var key in messages)
        {
            if (await TryWrite(key, reader, cycles, catalogue, cancel) is { } letter)
            {
                written.Add((key, letter));
            }
        }

        if (written.Count == 0)
        {
            throw new InvalidOperationException("None of the letters can be written.");
        }

        var letters = Fold(written.ConvertAll(one => one.Letter));
        var cycle = await cycles.Find(written[0].Key, cancel);
        var content = new MailContent(Opening(reader, addressee), letters, Footer(cycle, letters[0]));
        var (text, html) = (LetterText.Of(content), await Html(content));
        var mail = new Mail($"{operation:N}@{address.PublicUrl.Host}", addressee.Name, addressee.Address, Subject(letters), text, html)
        {
            From = cycle is null ? null : await correspondence.NameFor(reader, cycle, cancel),
            ReplyTo = cycle is null ? null : await correspondence.RepliesTo(reader, cycle, cycles.Now, cancel),

            // One request ends one kind of letter: with others in the mail it would not say which.
            Unsubscribe = letters.Count == 1 ? letters[0].Unsubscribe : null,
            Calendar = letters.Select(letter => letter.Invitation).OfType<Invitation>().SingleOrDefault() is { } invitation ? CalendarPart.Of(invitation) : null,
        };
        return new WrittenMail(mail, [.. written.Select(one => one.Key)]);
    }

    private Task<Letter> Write(MessageKey key, LetterContext context, Wording wording, CancellationToken cancel) =>
        ProgrammeWords.In(wording, () => _writers[key.Stage].Write(key, context, cancel));

    private async Task<Letter?> TryWrite(MessageKey key, Person reader, CyclesAtNow cycles, ProgrammeCatalogue catalogue, CancellationToken cancel)
    {
        try
        {
            var context = new LetterContext(reader, people, links, await cycles.Find(key, cancel), cycles.Now);
            var wording = context.Cycle is { } cycle ? catalogue.WordingOf(cycle.KickOff.Programme) : Wording.Delivered;
            return await Write(key, context, wording, cancel);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            _log.LogError(failure, "The letter {Stage}/{Kind} of {Cycle} cannot be written", key.Stage, key.Kind, key.Cycle);
            return null;
        }
    }

    /// <summary>The greeting; to a deputy also in whose place the mail comes.</summary>
    private static ImmutableList<string> Opening(Person reader, Person addressee) => addressee.Id == reader.Id
        ? [Say.Text(LetterTexts.Hello, reader.Name)]
        : [Say.Text(LetterTexts.Hello, reader.Name), Say.Text(LetterTexts.InPlaceOf, reader.Name)];

    /// <summary>
    /// What letters of one mail have in common is said once, after the last of them: the way to a page of the reader's own, and of those on
    /// one subject with the same buttons these, and what they say alike. One that says nothing else is left out.
    /// </summary>
    private static ImmutableList<Letter> Fold(List<Letter> letters)
    {
        var saying = letters.Select((letter, i) => letters.ElementAtOrDefault(i + 1) is { } next && next.Subject == letter.Subject && next.Buttons.SequenceEqual(letter.Buttons)
            ? letter with { Paragraphs = letter.Paragraphs.RemoveAll(next.Paragraphs.Contains), Buttons = [] }
            : letter).Where(letter => !letter.Paragraphs.IsEmpty).ToList();
        return [.. saying.Select((letter, i) => saying.Skip(i + 1).Any(later => later.Own == letter.Own) ? letter with { Own = null } : letter)];
    }

    /// <summary>The first letter's, and how many more there are where that fits.</summary>
    private static string Subject(ImmutableList<Letter> letters)
    {
        var whole = Say.Text(LetterTexts.AndMore, letters[0].Subject, letters.Count - 1);
        return letters.Count == 1 || whole.Length > Say.LongestSubject ? letters[0].Subject : whole;
    }

    private static string Footer(Snapshot? cycle, Letter first) => cycle is null
        ? first.Why ?? LetterTexts.FooterOfNoCommunity
        : string.Join(' ', Reason(cycle.KickOff), cycle.KickOff.PostalAddress).TrimEnd();

    private static string Reason(KickOff kickOff) => Say.Text(LetterTexts.Footer, kickOff.Community, kickOff.Phone);

    /// <summary>A renderer keeps all that it ever rendered, so each mail has its own.</summary>
    private async Task<string> Html(MailContent content)
    {
        await using var scope = scopes.CreateAsyncScope();
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, logs);
        var parameters = ParameterView.FromDictionary(new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [nameof(LetterHtml.Content)] = content,
        });
        return await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<LetterHtml>(parameters)).ToHtmlString());
    }
}

/// <summary>What a mail says.</summary>
/// <param name="Opening">Before the letters.</param>
/// <param name="Letters">One or more. Where there are several, each new subject is a heading.</param>
/// <param name="Footer">After them: why, and from where.</param>
public sealed record MailContent(ImmutableList<string> Opening, ImmutableList<Letter> Letters, string Footer)
{
    /// <summary>Each letter with its heading: null where it is on the subject of the one before, or the mail's only one.</summary>
    public IEnumerable<(string? Heading, Letter Letter)> Headed => Letters.Select((letter, i) =>
        (Letters.Count > 1 && Letters.ElementAtOrDefault(i - 1)?.Subject != letter.Subject ? letter.Subject : null, letter));
}

/// <summary>Letters as plain text.</summary>
public static class LetterText
{
    private const string BetweenParagraphs = "\n\n";
    private const string Between = "\n\n----\n\n";

    public static string Of(MailContent content) =>
        string.Join(BetweenParagraphs, content.Opening.Append(string.Join(Between, content.Headed.Select(one => Body(one.Heading, one.Letter)))))
        + "\n\n--\n" + content.Footer + "\n";

    /// <summary>How many letters are in a mail's text.</summary>
    public static int Count(string text) => text.Split(Between).Length;

    private static string Body(string? heading, Letter letter) => string.Join(
        BetweenParagraphs,
        letter.Paragraphs.Prepend(heading).OfType<string>().Concat(letter.Buttons.Append(letter.Own).OfType<LetterButton>().Select(button => $"{button.Label}:\n{button.Link}")));
}
