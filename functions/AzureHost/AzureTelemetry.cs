using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using Cohesion.Workflows.Telemetry;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Cohesion.Workflows.AzureHost;

/// <summary>Tells Application Insights what the product and its worker tell of themselves, by the host's identity.</summary>
internal static class AzureTelemetry
{
    /// <summary>The runtime's own setting.</summary>
    public const string ConnectionString = "APPLICATIONINSIGHTS_CONNECTION_STRING";

    public static IServiceCollection AddAzureTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        if (configuration[ConnectionString] is not { Length: > 0 } component)
        {
            return services;
        }

        void Reach(AzureMonitorExporterOptions options)
        {
            options.ConnectionString = component;
            options.Credential = new DefaultAzureCredential();
        }

        services.AddOpenTelemetry()
            .UseFunctionsWorkerDefaults()
            .WithTracing(tracing => tracing.AddSource(Vitals.Name).AddAzureMonitorTraceExporter(Reach))
            .WithMetrics(metrics => metrics.AddMeter(Vitals.Name).AddAzureMonitorMetricExporter(Reach));
        return services;
    }
}
