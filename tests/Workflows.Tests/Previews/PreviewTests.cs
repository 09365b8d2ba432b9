using System.Globalization;
using Cohesion.Workflows.Previews;
using Cohesion.Workflows.Testing;

namespace Cohesion.Workflows.Tests.Previews;

/// <summary>
/// What a preview shows is what then happens: the same messages, to the same people, on the same local days. COHESION_SEEDS says for how many
/// communities; a seed that fails is named, and COHESION_SEED runs it alone.
/// </summary>
public sealed class PreviewTests
{
    /// <summary>Every course meets every kind of community; COHESION_SEEDS=300 is the proof.</summary>
    private const int Communities = 12;

    [Fact]
    public Task What_is_previewed_is_what_then_goes_out() => Runs.ForEach(Seeds(), async seed =>
    {
        var course = (Course)(seed % 3);
        var settings = new WorldSettings(seed)
        {
            Facilitators = 2 + (seed % 3),
            Participants = 3 + (seed % 10),
            Capacity = seed % 4 == 0 ? 4 : null,
            HasAccreditor = seed % 2 == 0,
        };
        PreviewedTown? town = null;
        using var world = new World(settings with { Town = () => town ??= new PreviewedTown(seed, course, settings) });
        await world.RunToTheEnd();

        var fact = PreviewedTown.Lines(world.Mail.Delivered.SelectMany(mail => mail.Messages.Select(key => (key, mail.At))));
        var preview = PreviewedTown.Lines(town!.Preview.Mails.SelectMany(mail => mail.Messages.Select(key => (key, mail.At))));
        var (extra, missing) = (preview.Except(fact).ToList(), fact.Except(preview).ToList());
        if (extra.Count + missing.Count > 0 || preview.Count != fact.Count)
        {
            throw new InvalidOperationException(world.InNames(string.Join(
                '\n', [$"Seed {seed}, {course}: previewed {preview.Count}, sent {fact.Count}", .. extra.Take(8).Select(line => $"only previewed: {line}"), .. missing.Take(8).Select(line => $"only sent: {line}")])));
        }
    });

    private static IEnumerable<int> Seeds() =>
        Environment.GetEnvironmentVariable("COHESION_SEED") is { } one ? [int.Parse(one, CultureInfo.InvariantCulture)]
        : Enumerable.Range(1, int.Parse(Environment.GetEnvironmentVariable("COHESION_SEEDS") ?? $"{Communities}", CultureInfo.InvariantCulture));
}
