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

    public async Task<MailStatus> Send(Guid operationId, Mail mail, CancellationToken cancel = default)
    {
        if (world.Bounces(mail.Address))
        {
            return MailStatus.Refused;
        }

        var at = clock.GetCurrentInstant();
        var status = await viewer.Send(operationId, mail, cancel);
        Unread.Enqueue(new ViewedMail(operationId.ToString("N"), at, mail));
        return status;
    }

    public Task<MailStatus> Ask(Guid operationId, CancellationToken cancel = default) => viewer.Ask(operationId, cancel);
}
