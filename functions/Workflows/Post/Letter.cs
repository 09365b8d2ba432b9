using System.Collections.Immutable;
using Cohesion.Workflows.Calendars;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;
using NodaTime;

namespace Cohesion.Workflows.Post;

/// <summary>What a message says, from which its HTML and its text are made alike. See docs/decisions/0003-a-letter-is-data.md.</summary>
/// <param name="Subject">At most 55 characters.</param>
/// <param name="Paragraphs">Plain text, in order, without the greeting.</param>
/// <param name="Buttons">What the person can do.</param>
public sealed record Letter(string Subject, ImmutableList<string> Paragraphs, ImmutableList<LetterButton> Buttons)
{
    /// <summary>Where one request ends such letters; null where they are needed to take part.</summary>
    public Uri? Unsubscribe { get; init; }

    /// <summary>The page with all that is open for the reader; null where they have none.</summary>
    public LetterButton? Own { get; init; }

    /// <summary>What the reader's calendar is told; null where nothing.</summary>
    public Invitation? Invitation { get; init; }

    /// <summary>Why the reader gets it; null where their community says why, or somebody asked for it with their address.</summary>
    public string? Why { get; init; }

    /// <summary>What a mailbox shows beside the subject.</summary>
    public string Preheader => Paragraphs.FirstOrDefault() ?? Subject;
}

/// <param name="Label">What the button says.</param>
/// <param name="Link">An absolute address.</param>
public sealed record LetterButton(string Label, Uri Link);

/// <summary>How much haste a message has: the first comes first.</summary>
public enum Haste
{
    /// <summary>
    /// Any hour, in a mail of its own: it cannot wait for the morning, or it carries a calendar's event, of which a mail has one.
    /// </summary>
    AtOnce,

    /// <summary>Something waits for the person: in working hours, in the person's one mail of the day.</summary>
    Asks,

    /// <summary>As <see cref="Asks"/>, after what asks something.</summary>
    Tells,
}

/// <summary>Writes the letters of one stage.</summary>
public interface ILetterWriter
{
    /// <summary>The stage whose messages it writes; "-" for those of no stage.</summary>
    string Stage { get; }

    Haste HasteOf(MessageKey key, LetterContext context);

    Task<Letter> Write(MessageKey key, LetterContext context, CancellationToken cancel);
}

/// <summary>What a letter is written from.</summary>
/// <param name="Reader">Who gets it.</param>
/// <param name="People">To look up whom it names.</param>
/// <param name="Links">To make the links in it.</param>
/// <param name="Cycle">The cycle as it is now, or null for a message of no cycle.</param>
/// <param name="Now">When it is written.</param>
public sealed record LetterContext(Person Reader, People People, ILinks Links, Snapshot? Cycle, Instant Now)
{
    /// <summary>The cycle of a message that has one.</summary>
    public Snapshot TheCycle => Cycle ?? throw new InvalidOperationException("The message belongs to no cycle.");
}

/// <summary>Makes the links of letters.</summary>
public interface ILinks
{
    /// <summary>The reader's own link to a page that asks something of them: "reply".</summary>
    Uri ToAsk(string page, Person reader, CycleId cycle, Role role, Instant now);

    /// <summary>Where anybody registers for a community's session.</summary>
    Uri ToRegistration(CycleId cycle, Instant now);

    /// <summary>The coordinator's page of a cycle; needs signing in.</summary>
    Uri ToCycle(CycleId cycle);

    /// <summary>The page on which a coordinator starts the day; needs signing in.</summary>
    Uri ToToday();

    /// <summary>Signs the reader in.</summary>
    Uri ToSignIn(Person reader, Instant now);
}
