using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Cohesion.Workflows.Bench;

// In this process: the benchmarks need what the tests have beside them, and no second build.
var job = Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance);
var config = DefaultConfig.Instance.AddJob(job);
var list = BenchmarkRunner.Run<ListOfCommunities>(config);
var preview = BenchmarkRunner.Run<PreviewOfACycle>(config);
var summary = BenchmarkRunner.Run<PlanAndTurn>(config);
foreach (var line in Growth.Of(summary))
{
    Console.WriteLine(line);
}

return list.Reports.Concat(preview.Reports).Concat(summary.Reports).All(report => report.Success) ? 0 : 1;
