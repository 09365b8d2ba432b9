using BenchmarkDotNet.Attributes;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Previews;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Testing;

namespace Cohesion.Workflows.Bench;

/// <summary>A community of sixty, run ahead from its start to its end; without the letters.</summary>
[MemoryDiagnoser]
public class PreviewOfACycle
{
    private PlanDriver _driver = null!;
    private Incarnation _product = null!;

    [Params(Course.Typical, Course.AtOnce, Course.Silent)]
    public Course Course { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        _driver = PlanDriver.KickedOff("2027-03-01T10:00", facilitators: 4, participants: 60);
        _product = Product(new VirtualClock(_driver.Now));
    }

    [GlobalCleanup]
    public void CleanUp() => _product.Dispose();

    [Benchmark]
    public PreviewedCycle Run()
    {
        var (cycle, desk) = (_driver.Cycle, _product.Get<LetterDesk>());
        var reader = new Person(Cast.Lead, "Reader", "reader@example.test", PlanDriver.Vancouver);
        return Preview.Run(cycle, _driver.Now, new Crowd(cycle, Course), (key, then, at) => desk.HasteOf(key, reader, then, at));
    }

    private static Incarnation Product(VirtualClock clock) => new(new Ports(
        new MemoryRecordStore(), new MemoryRoundKeys(), new MailProvider(clock), new FakeBell(clock, _ => []), new SeededIds(1), clock, new ErrorLog()));
}
