using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Testing;
using Cohesion.Workflows.Walking;

namespace Cohesion.Workflows.Tests.Walking;

/// <summary>A form is sent twice at once: the second does the whole of it just before an operation of the first, whichever.</summary>
public sealed class KickOffTwiceTests
{
    [Fact]
    public async Task It_starts_one_community_with_each_person_once()
    {
        var isMet = true;
        for (var operation = 1; isMet; operation++)
        {
            using var process = await OneProcess.KickedOff();
            var request = Townsfolk.KickOff((await process.Snapshot()).Coordinator, 4, 6) with { Nonce = "another" };
            var (count, second) = (0, (CycleId?)null);
            process.BeforeOperation = async () => second = ++count == operation ? await process.Product.Get<KickOffs>().Start(request) : second;

            var first = await process.Product.Get<KickOffs>().Start(request);
            isMet = count >= operation;
            first.ShouldBe(isMet ? second : first);
            var cycle = (await process.Product.Get<CycleRecords>().Read(first!.Value))!.Snapshot;
            cycle.All<Member>().GroupBy(member => member.Role).Select(role => role.Count()).ShouldBe([1, 1, 1, 4, 6], $"operation {operation}");
        }
    }
}
