using System.Collections.Concurrent;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Microsoft.DurableTask.Protobuf;
using Microsoft.DurableTask.Worker.Grpc;
using Microsoft.Extensions.DependencyInjection;

namespace Cohesion.Workflows.AzureHost.Tests.Walk;

/// <summary>What the durable host sends its worker whenever an instance wakes: the history until then, and what is new.</summary>
internal sealed class Histories : Interceptor
{
    public ConcurrentQueue<OrchestratorRequest> Requests { get; } = [];

    /// <summary>Puts itself between the worker and its host.</summary>
    public void ReadFrom(IServiceCollection services, int port) => services.PostConfigureAll<GrpcDurableTaskWorkerOptions>(options =>
    {
        options.Channel = null;
        options.CallInvoker = GrpcChannel.ForAddress($"http://localhost:{port}").Intercept(this);
    });

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncServerStreamingCallContinuation<TRequest, TResponse> continuation)
    {
        var call = continuation(request, context);
        return new AsyncServerStreamingCall<TResponse>(
            new Reader<TResponse>(call.ResponseStream, this), call.ResponseHeadersAsync, call.GetStatus, call.GetTrailers, call.Dispose);
    }

    private sealed class Reader<T>(IAsyncStreamReader<T> inner, Histories histories) : IAsyncStreamReader<T>
    {
        public T Current => inner.Current;

        public async Task<bool> MoveNext(CancellationToken cancellationToken)
        {
            var any = await inner.MoveNext(cancellationToken);
            if (any && inner.Current is WorkItem { OrchestratorRequest: { } request })
            {
                histories.Requests.Enqueue(request);
            }

            return any;
        }
    }
}
