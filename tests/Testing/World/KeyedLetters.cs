using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Post;

namespace Cohesion.Workflows.Testing;

/// <summary>Adds to each letter which message it is, so that a mailbox tells what really came.</summary>
public sealed class KeyedLetters(ILetterWriter writer) : ILetterWriter
{
    private const string Mark = "message ";

    public string Stage => writer.Stage;

    public Haste HasteOf(MessageKey key, LetterContext context) => writer.HasteOf(key, context);

    public async Task<Letter> Write(MessageKey key, LetterContext context, CancellationToken cancel)
    {
        var letter = await writer.Write(key, context, cancel);
        return letter with { Paragraphs = letter.Paragraphs.Add($"{Mark}{key}") };
    }

    /// <summary>The letters of a mail, as a person reads them: without links and marks, and without the foot.</summary>
    public static IEnumerable<string> Bodies(string text) => AsRead(text[..text.LastIndexOf("\n--\n", StringComparison.Ordinal)]).Split("\n----\n");

    /// <summary>A whole mail as a person reads it: without links and marks.</summary>
    public static string AsRead(string text) =>
        string.Join('\n', text.Split('\n').Where(line => !line.StartsWith(Mark, StringComparison.Ordinal) && !line.Contains("://", StringComparison.Ordinal)));

    /// <summary>The messages in a mail's text.</summary>
    public static IEnumerable<MessageKey> Read(string text) =>
        text.Split('\n')
            .Where(line => line.StartsWith(Mark, StringComparison.Ordinal))
            .Select(line => MessageKey.Parse(line[Mark.Length..]));
}
