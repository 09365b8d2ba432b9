using Cohesion.Workflows.Telemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Cohesion.Workflows.LocalHost;

/// <summary>Tells an OpenTelemetry collector what the product tells of itself, where the environment names one.</summary>
internal static class Telemetry
{
    /// <summary>The specification's own variable (OpenTelemetry protocol exporter, endpoint options).</summary>
    public const string EndpointVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    public static void AddTelemetry(this IServiceCollection services)
    {
        if (Environment.GetEnvironmentVariable(EndpointVariable) is not { Length: > 0 })
        {
            return;
        }

        services.AddHostedService<PulseLoop>();
        services.AddOpenTelemetry()
            .WithTracing(tracing => tracing.AddSource(Vitals.Name).AddOtlpExporter())
            .WithMetrics(metrics => metrics.AddMeter(Vitals.Name).AddOtlpExporter());
    }

    private sealed class PulseLoop(Pulse pulse, ILogger<PulseLoop> log) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            using var timer = new PeriodicTimer(Pulse.Every.ToTimeSpan());
            do
            {
                await TryTake(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }

        private async Task TryTake(CancellationToken cancel)
        {
            try
            {
                await pulse.Take(cancel);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                log.LogWarning(failure, "The pulse could not be taken");
            }
        }
    }
}
