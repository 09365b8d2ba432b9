using System.Collections.Concurrent;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Post.Viewer;
using NodaTime;

namespace Cohesion.Workflows.LocalHost.Demo;

/// <summary>The mail viewer as the demo's provider: it refuses what bounces, and tells what came.</summary>
internal sealed class DemoPost(MailViewer viewer, DemoWorld world, IClock clock) : IMailSender
{
    /// <summary>What came since it was last taken from here, oldest first.</summary>
    public ConcurrentQueue<ViewedMail> Unread { get; } = new();

    public async Task<MailAnswer> Send(Guid operationId, Mail mail, CancellationToken cancel = default)
    {
        if (world.Bounces(mail.Address))
        {
            return MailAnswer.Refused("550 5.1.1");
        }

        var at = clock.GetCurrentInstant();
        var status = await viewer.Send(operationId, mail, cancel);
        Unread.Enqueue(new ViewedMail(operationId.ToString("N"), at, mail));
        return status;
    }

    public Task<MailAnswer> Ask(Guid operationId, CancellationToken cancel = default) => viewer.Ask(operationId, cancel);
}
