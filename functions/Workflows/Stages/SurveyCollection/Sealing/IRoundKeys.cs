namespace Cohesion.Workflows.Stages.SurveyCollection.Sealing;

/// <summary>
/// The keys that seal survey answers, one a round, kept outside the database: when a round's key is destroyed, what it
/// sealed is closed for good in every copy of the database, backups too. A copy of these keys would undo that: make none.
/// Every method may also throw what its host's storage throws when it is away.
/// </summary>
public interface IRoundKeys
{
    /// <summary>
    /// The key of that name: 32 bytes, made at random where there is none, and durable once this has returned. Whoever asks,
    /// at once or later, gets the same one until it is destroyed; after that the name gets a new one.
    /// </summary>
    /// <exception cref="FormatException">The name is no id text.</exception>
    Task<byte[]> FindOrCreate(string name, CancellationToken cancel = default);

    /// <summary>The key of that name, or null.</summary>
    /// <exception cref="FormatException">The name is no id text.</exception>
    Task<byte[]?> Find(string name, CancellationToken cancel = default);

    /// <summary>
    /// Removes the key for good: no one gets it back, not from a recycle bin either. Does nothing where there is none, and
    /// when repeated it finishes what an interrupted call left.
    /// </summary>
    /// <exception cref="FormatException">The name is no id text.</exception>
    Task Destroy(string name, CancellationToken cancel = default);

    /// <summary>The names of all keys.</summary>
    IAsyncEnumerable<string> Names(CancellationToken cancel = default);

    /// <summary>Keeps a key that another installation made: this one takes its place.</summary>
    /// <exception cref="FormatException">The name is no id text.</exception>
    /// <exception cref="IOException">There is another key of that name, and it stays.</exception>
    Task Keep(string name, byte[] key, CancellationToken cancel = default);
}
