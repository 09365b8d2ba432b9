using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Records;

namespace Cohesion.Workflows.Checking;

/// <summary>Whether every message is in one mail at the most, its cycle knows what became of it, and somebody will send what waits.</summary>
internal sealed class PostCheck(IReadOnlyCollection<Record> rows, Func<string, Snapshot?> cycleOf)
{
    private readonly List<Finding> _findings = [];

    /// <summary>Who has something to send and is on nobody's list.</summary>
    public HashSet<PersonId> Forgotten { get; } = [];

    /// <summary>What was sent or withdrawn and nobody is reminded to remove.</summary>
    public List<RecordKey> Unreminded { get; } = [];

    public IReadOnlyList<Finding> Read()
    {
        var messages = All(PostRows.Messages, PostRows.ReadMessage);
        var envelopes = All(PostRows.Envelopes, Envelope.Read);
        var due = All(PostRows.Due, DueRow.Of).Select(row => row.Person);
        _findings.AddRange([.. Twice(envelopes), .. Unmarked(envelopes)]);
        var waiting = messages.Where(message => message.State == PostState.Waiting).Select(message => message.Key.Person)
            .Concat(envelopes.Where(envelope => envelope.State == EnvelopeState.Claimed).Select(envelope => envelope.Person));
        Forgotten.UnionWith(waiting.Except(due));
        var over = messages.Where(message => message.State == PostState.Withdrawn).Select(message => PostRows.KeyOf(message.Key))
            .Concat(envelopes.Where(envelope => envelope.State != EnvelopeState.Claimed).Select(envelope => envelope.Write().Key));
        Unreminded.AddRange(over.Except(All(PostRows.Expiring, Retention.RowOf)));
        return _findings;
    }

    /// <summary>What an address refused may be in another mail, to the one that was corrected.</summary>
    private static IEnumerable<Finding> Twice(IEnumerable<Envelope> envelopes) => envelopes
        .Where(envelope => envelope.State != EnvelopeState.Refused)
        .SelectMany(envelope => envelope.Messages.Select(key => (key, envelope.Row)))
        .GroupBy(one => one.key)
        .Where(one => one.Count() > 1)
        .Select(one => new Finding($"post {one.Last().Row}", $"message {one.Key} is in {one.Count()} mails", "tell its reader, who may have had it twice"));

    private IEnumerable<Finding> Unmarked(IEnumerable<Envelope> envelopes) => envelopes
        .Where(envelope => envelope.State == EnvelopeState.Accepted)
        .SelectMany(envelope => envelope.Messages.Where(IsUnmarked).Select(key =>
            new Finding($"post {envelope.Row}", $"message {key} was sent and its cycle does not know", Finding.Backup)));

    private bool IsUnmarked(MessageKey key) => key.Stage != MessageKey.None && cycleOf(key.Cycle) is { } cycle && cycle.IssuedOf(key)?.Accepted is null;

    private List<T> All<T>(string prefix, Func<Record, T> read)
    {
        List<T> all = [];
        foreach (var row in rows.Where(row => row.Key.Row.StartsWith(prefix, StringComparison.Ordinal)))
        {
            if (Reading.Try(row, read, _findings, out var one))
            {
                all.Add(one!);
            }
        }

        return all;
    }
}
