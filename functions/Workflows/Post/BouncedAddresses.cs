using Cohesion.Workflows.Records;
using NodaTime;
using NodaTime.Text;

namespace Cohesion.Workflows.Post;

/// <summary>That an address took no mail.</summary>
/// <param name="Code">What was said of it: "550 5.1.1"; "" where nothing was.</param>
/// <param name="At">When.</param>
public sealed record Bounce(string Code, Instant At);

/// <summary>
/// The addresses that took no mail, of whosoever they are: two people of a clinic may share one. Nothing goes there but what
/// somebody asks for at that moment, until a coordinator says that it is right.
/// </summary>
public sealed class BouncedAddresses(IRecordStore records)
{
    public async Task<Bounce?> Find(string address, CancellationToken cancel = default) =>
        await records.Find(KeyOf(address), cancel) is { } row
            ? new Bounce(row["code"], InstantPattern.ExtendedIso.Parse(row["at"]).Value)
            : null;

    /// <summary>The first refusal stands.</summary>
    public Task Add(string address, Bounce bounce, CancellationToken cancel = default) => records.InsertIfAbsent(
        Record.Of(KeyOf(address), ("code", bounce.Code), ("at", InstantPattern.ExtendedIso.Format(bounce.At))),
        cancel);

    public Task Forget(string address, CancellationToken cancel = default) => records.DeleteIfThere(KeyOf(address), cancel);

    private static RecordKey KeyOf(string address) => new($"bounce-{People.HashOf(address)}", "bounce");
}
