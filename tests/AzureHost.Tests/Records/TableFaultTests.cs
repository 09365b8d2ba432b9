using System.Net;
using Azure;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Cohesion.Workflows.AzureHost.Records;
using Cohesion.Workflows.AzureHost.Tests.Storage;
using Cohesion.Workflows.Records;

namespace Cohesion.Workflows.AzureHost.Tests.Records;

/// <summary>What the service answers when it is not well, put between the store and Azurite.</summary>
public sealed class TableFaultTests(Azurite azurite)
{
    private static readonly Record Row = Record.Of(new RecordKey("p", "a"), ("Text", "here"));

    [Theory]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    public async Task What_passes_is_tried_again(HttpStatusCode status)
    {
        var (store, service) = await Store();
        service.Answers(_ => new HttpResponseMessage(status), _ => new HttpResponseMessage(status));
        await store.Commit([new RecordWrite.Insert(Row)]);
        service.Answers(_ => new HttpResponseMessage(status));
        (await store.Find(Row.Key))!["Text"].ShouldBe("here");
    }

    /// <summary>The client sends it again, and what it then hears of is its own first writing.</summary>
    [Theory]
    [InlineData(RecordConflict.Exists)]
    [InlineData(RecordConflict.Changed)]
    [InlineData(RecordConflict.Missing)]
    public async Task A_write_whose_reply_is_lost_is_done_and_reports_a_conflict(RecordConflict conflict)
    {
        var (store, service) = await Store();
        var etag = conflict == RecordConflict.Exists ? null : (await store.Commit([new RecordWrite.Insert(Row)]))[0];
        service.Answers(async send =>
        {
            await send();
            throw new HttpRequestException("The connection was closed.");
        });
        var after = Record.Of(Row.Key, ("Text", "there"));
        RecordWrite write = conflict switch
        {
            RecordConflict.Exists => new RecordWrite.Insert(after),
            RecordConflict.Changed => new RecordWrite.Replace(after, etag!),
            _ => new RecordWrite.Delete(Row.Key, etag),
        };
        var reported = await Should.ThrowAsync<RecordConflictException>(() => store.Commit([write]));
        (reported.Conflict, reported.Key).ShouldBe((conflict, Row.Key));
        (await store.Find(Row.Key))?["Text"].ShouldBe("there");
    }

    [Fact]
    public async Task A_service_that_stays_away_is_told_of_and_nothing_is_written()
    {
        var (store, service) = await Store();
        service.Always(_ => new HttpResponseMessage(HttpStatusCode.ServiceUnavailable));
        (await Should.ThrowAsync<RequestFailedException>(() => store.Commit([new RecordWrite.Insert(Row)]))).Status.ShouldBe(503);
        await Should.ThrowAsync<RequestFailedException>(() => store.Find(Row.Key));
        await Should.ThrowAsync<RequestFailedException>(() => store.Query(RowRange.Whole("p")));
        service.IsWell();
        (await store.Find(Row.Key)).ShouldBeNull();
    }

    [Fact]
    public async Task A_service_that_does_not_answer_is_no_host_that_stops()
    {
        var (store, service) = await Store();
        service.Always(_ => throw new TaskCanceledException("This is how an HTTP client tells of its time-out."));
        await Should.ThrowAsync<AggregateException>(() => store.Commit([new RecordWrite.Insert(Row)]));
        await Should.ThrowAsync<AggregateException>(() => store.Find(Row.Key));
        await Should.ThrowAsync<OperationCanceledException>(() => store.Find(Row.Key, new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_a_mistake_of_ours()
    {
        var (store, service) = await Store();
        service.Always(_ => new HttpResponseMessage(HttpStatusCode.RequestEntityTooLarge));
        await Should.ThrowAsync<RecordRefusedException>(() => store.Commit([new RecordWrite.Insert(Row)]));
    }

    /// <summary>Read by its address, an entity of a missing table is as missing as one of an empty table; and a cycle would end.</summary>
    [Fact]
    public async Task A_missing_table_is_no_empty_one()
    {
        var table = await azurite.NewTable();
        await table.DeleteAsync();
        var store = new TableRecordStore(table);
        (await Should.ThrowAsync<RequestFailedException>(() => store.Find(Row.Key))).Status.ShouldBe(404);
        (await Should.ThrowAsync<RequestFailedException>(() => store.Query(RowRange.Whole("p")))).Status.ShouldBe(404);
        await Should.ThrowAsync<RequestFailedException>(() => store.Commit([new RecordWrite.Insert(Row)]));
    }

    private async Task<(TableRecordStore Store, UnwellService Service)> Store()
    {
        var service = new UnwellService();
        var options = AzureServices.ClientOptions();
        options.Retry.Delay = TimeSpan.FromMilliseconds(1);
        options.Retry.MaxDelay = TimeSpan.FromMilliseconds(1);
        options.Transport = new HttpClientTransport(new HttpClient(service));
        return (new TableRecordStore(await azurite.NewTable(options)), service);
    }

    private sealed class UnwellService() : DelegatingHandler(new SocketsHttpHandler())
    {
        private readonly Queue<Func<Func<Task<HttpResponseMessage>>, Task<HttpResponseMessage>>> _next = [];
        private Func<Func<Task<HttpResponseMessage>>, Task<HttpResponseMessage>>? _always;

        public void Answers(params Func<Func<Task<HttpResponseMessage>>, HttpResponseMessage>[] answers)
        {
            foreach (var answer in answers)
            {
                _next.Enqueue(send => Task.FromResult(answer(send)));
            }
        }

        public void Answers(Func<Func<Task<HttpResponseMessage>>, Task<HttpResponseMessage>> answer) => _next.Enqueue(answer);

        public void Always(Func<Func<Task<HttpResponseMessage>>, HttpResponseMessage> answer) => _always = send => Task.FromResult(answer(send));

        public void IsWell() => _always = null;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Task<HttpResponseMessage> Send() => base.SendAsync(request, cancellationToken);
            return _always is { } always ? always(Send) : _next.TryDequeue(out var next) ? next(Send) : Send();
        }
    }
}
