using NodaTime;

namespace Cohesion.Workflows.Post;

/// <summary>The way to a mail provider.</summary>
public interface IMailSender
{
    /// <summary>
    /// Hands a mail to the provider. Returns what the provider says; throws where nobody knows whether it has the mail
    /// (the connection was lost, the provider is away): it is asked with <see cref="Ask"/> then.
    /// </summary>
    Task<MailAnswer> Send(Guid operationId, Mail mail, CancellationToken cancel = default);

    /// <summary>What the provider knows of an operation. Asked before any mail is sent again.</summary>
    Task<MailAnswer> Ask(Guid operationId, CancellationToken cancel = default);
}

/// <summary>
/// A provider that takes a mail before it knows whether it can deliver it, and tells when it is asked. A sender without such statuses
/// leaves it out.
/// </summary>
public interface IDeliveryStatus
{
    /// <summary>
    /// What became of a mail that the provider took: accepted means delivered. Null while it is under way. Throws where nobody answers.
    /// </summary>
    Task<MailAnswer?> Outcome(Guid operationId, CancellationToken cancel = default);
}

/// <summary>What a provider says of a mail.</summary>
/// <param name="Status">What becomes of it.</param>
/// <param name="Said">Its own words, without addresses; of a refusal its code for it ("550 5.1.1"); "" where it gives none.</param>
/// <param name="After">When it takes mail again, counted from now; null where it did not say.</param>
public sealed record MailAnswer(MailStatus Status, string Said = "", Duration? After = null)
{
    public static MailAnswer Unknown { get; } = new(MailStatus.Unknown);

    public static MailAnswer Accepted { get; } = new(MailStatus.Accepted);

    public static MailAnswer Refused(string code) => new(MailStatus.Refused, code);

    /// <summary>It had the mail and did not deliver it, and says why: not for its address.</summary>
    public static MailAnswer Lost(string said) => new(MailStatus.Lost, said);

    /// <summary>Too many mails came, or the provider is closed, and it says until when (HTTP 429 or 503 with Retry-After; RFC 9110, 10.2.3).</summary>
    public static MailAnswer Busy(string said, Duration after) => new(MailStatus.Busy, said, after);
}

public enum MailStatus
{
    /// <summary>The provider has never seen it.</summary>
    Unknown,

    /// <summary>The provider has it and will deliver it.</summary>
    Accepted,

    /// <summary>The provider will never take it: the address is wrong.</summary>
    Refused,

    /// <summary>The provider took it and failed with it, which is no fault of the address: it goes out again, as another mail.</summary>
    Lost,

    /// <summary>The provider has not taken it, and takes nothing for a while, whosesoever.</summary>
    Busy,
}
