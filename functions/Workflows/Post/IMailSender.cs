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

/// <summary>What a provider says of a mail.</summary>
/// <param name="Status">What becomes of it.</param>
/// <param name="Code">Of a refusal: the provider's code for it ("550 5.1.1"), without addresses; "" where it gives none.</param>
public sealed record MailAnswer(MailStatus Status, string Code = "")
{
    public static MailAnswer Unknown { get; } = new(MailStatus.Unknown);

    public static MailAnswer Accepted { get; } = new(MailStatus.Accepted);

    public static MailAnswer Refused(string code) => new(MailStatus.Refused, code);
}

public enum MailStatus
{
    /// <summary>The provider has never seen it.</summary>
    Unknown,

    /// <summary>The provider has it and will deliver it.</summary>
    Accepted,

    /// <summary>The provider will never take it: the address is wrong.</summary>
    Refused,
}
