using System.Globalization;
using BenchmarkDotNet.Reports;

namespace Cohesion.Workflows.Bench;

/// <summary>
/// What ten times as many participants cost, in times of what they cost before: within one run on one machine these can be compared
/// with another day's, times cannot.
/// </summary>
internal static class Growth
{
    public static IEnumerable<string> Of(Summary summary) =>
        from report in summary.Reports
        where report.Success
        group Measured.Of(report) by report.BenchmarkCase.Descriptor.WorkloadMethodDisplayInfo into measured
        let bySize = measured.OrderBy(one => one.Participants)
        from pair in bySize.Zip(bySize.Skip(1))
        select Say(measured.Key, pair.First, pair.Second);

    private static string Say(string what, Measured less, Measured more) => string.Create(
        CultureInfo.InvariantCulture,
        $"{what}: {more.Participants:N0} participants take {more.Time / less.Time:0.0} times the time and {more.Bytes / less.Bytes:0.0} times the bytes of {less.Participants:N0}");

    private sealed record Measured(int Participants, double Time, double Bytes)
    {
        public static Measured Of(BenchmarkReport report) => new(
            (int)report.BenchmarkCase.Parameters[nameof(PlanAndTurn.Participants)],
            report.ResultStatistics!.Mean,
            report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase)!.Value);
    }
}
