using System.Collections.Immutable;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Post;
using NodaTime;

namespace Cohesion.Workflows.Testing;

/// <summary>A mail in somebody's mailbox.</summary>
/// <param name="Operation">By which the sender knows it.</param>
/// <param name="Mail">What came.</param>
/// <param name="At">When.</param>
public sealed record Delivery(Guid Operation, Mail Mail, Instant At)
{
    /// <summary>The messages in it, as its text tells them (<see cref="KeyedLetters"/>).</summary>
    public ImmutableList<MessageKey> Messages { get; } = [.. KeyedLetters.Read(Mail.Text)];
}

/// <summary>What goes wrong with one send.</summary>
public enum Mishap
{
    None,

    /// <summary>The provider delivers the mail, and its reply is lost.</summary>
    ReplyLost,

    /// <summary>The provider never gets it.</summary>
    NeverArrived,

    /// <summary>The provider does not take it, and says that it takes nothing for ten minutes.</summary>
    Busy,
}

/// <summary>
/// A mail provider that outlives the process. It does not know a mail again: what is sent twice comes twice.
/// </summary>
public sealed class MailProvider(VirtualClock clock) : IMailSender, IDeliveryStatus
{
    private readonly Dictionary<Guid, (MailAnswer Answer, Instant From)> _known = [];
    private readonly List<Instant> _asked = [];
    private readonly List<Delivery> _delivered = [];
    private readonly List<Delivery> _refused = [];
    private readonly List<Delivery> _lost = [];
    private readonly List<Instant> _came = [];

    public IReadOnlyList<Delivery> Delivered => _delivered;

    public IReadOnlyList<Delivery> Refused => _refused;

    public IReadOnlyList<Delivery> Lost => _lost;

    /// <summary>When each mail came to it, whatever it made of it.</summary>
    public IReadOnlyList<Instant> Came => _came;

    /// <summary>When each status was asked for.</summary>
    public IReadOnlyList<Instant> Asked => _asked;

    /// <summary>How often a mail was handed to it.</summary>
    public int Sends { get; private set; }

    /// <summary>Whether it will never take mail for an address.</summary>
    public Func<string, bool> Bounces { get; set; } = _ => false;

    /// <summary>Whether it fails with the n-th mail that it took, for a reason of its own.</summary>
    public Func<int, bool> Loses { get; set; } = _ => false;

    /// <summary>How long after it took the n-th mail it knows what becomes of it; null where it says so at once, and has no statuses.</summary>
    public Func<int, Duration>? TellsAfter { get; set; }

    /// <summary>What goes wrong with the n-th time that a status is asked for: it is busy or away.</summary>
    public Func<int, Mishap> StatusMishaps { get; set; } = _ => Mishap.None;

    /// <summary>What goes wrong with the n-th send.</summary>
    public Func<int, Mishap> Mishaps { get; set; } = _ => Mishap.None;

    /// <summary>Whether it cannot be reached.</summary>
    public Func<Instant, bool> IsAway { get; set; } = _ => false;

    public Task<MailAnswer> Send(Guid operationId, Mail mail, CancellationToken cancel = default)
    {
        MustBeThere();
        var mishap = Mishaps(++Sends);
        if (mishap == Mishap.NeverArrived)
        {
            throw new IOException("The connection was lost.");
        }

        _came.Add(clock.Now);
        if (mishap == Mishap.Busy)
        {
            return Task.FromResult(MailAnswer.Busy("429 Too many requests", Duration.FromMinutes(10)));
        }

        var status = Take(operationId, mail);
        return mishap == Mishap.None ? Task.FromResult(status) : throw new IOException("The reply was lost.");
    }

    public Task<MailAnswer> Ask(Guid operationId, CancellationToken cancel = default)
    {
        MustBeThere();
        return Task.FromResult(Know(operationId) ?? MailAnswer.Accepted);
    }

    public Task<MailAnswer?> Outcome(Guid operationId, CancellationToken cancel = default)
    {
        MustBeThere();
        _asked.Add(clock.Now);
        return StatusMishaps(_asked.Count) switch
        {
            Mishap.None => Task.FromResult(Know(operationId)),
            Mishap.Busy => Task.FromResult<MailAnswer?>(MailAnswer.Busy("429 Too many requests", Duration.FromHours(1))),
            _ => throw new IOException("The connection was lost."),
        };
    }

    private MailAnswer? Know(Guid operationId) =>
        !_known.TryGetValue(operationId, out var known) ? MailAnswer.Unknown : known.From <= clock.Now ? known.Answer : null;

    private MailAnswer Take(Guid operationId, Mail mail)
    {
        var (bounces, isLost) = (Bounces(mail.Address), TellsAfter is not null && Loses(_known.Count));
        (isLost ? _lost : bounces ? _refused : _delivered).Add(new Delivery(operationId, mail, clock.Now));
        var answer = isLost ? MailAnswer.Lost("200 InternalServerError") : bounces ? MailAnswer.Refused("550 5.1.1") : MailAnswer.Accepted;
        _known[operationId] = (answer, clock.Now + (TellsAfter?.Invoke(_known.Count) ?? Duration.Zero));
        return TellsAfter is null ? answer : MailAnswer.Accepted;
    }

    private void MustBeThere()
    {
        if (IsAway(clock.Now))
        {
            throw new IOException("The mail provider is away.");
        }
    }
}

/// <summary>The provider as one process sees it: it can die at each send, and others get in between.</summary>
/// <param name="provider">What all processes share.</param>
/// <param name="life">Of this process.</param>
/// <param name="meanwhile">Happens before each send.</param>
public sealed class FaultyMailSender(MailProvider provider, Lifetime life, Func<Task> meanwhile) : IMailSender, IDeliveryStatus
{
    public async Task<MailAnswer> Send(Guid operationId, Mail mail, CancellationToken cancel = default)
    {
        life.MustLive();
        await meanwhile();
        return await life.Step(() => provider.Send(operationId, mail, cancel));
    }

    public Task<MailAnswer> Ask(Guid operationId, CancellationToken cancel = default)
    {
        life.MustLive();
        return provider.Ask(operationId, cancel);
    }

    public Task<MailAnswer?> Outcome(Guid operationId, CancellationToken cancel = default)
    {
        life.MustLive();
        return provider.Outcome(operationId, cancel);
    }
}
