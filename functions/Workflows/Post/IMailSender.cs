namespace Cohesion.Workflows.Post;

/// <summary>The way to a mail provider.</summary>
public interface IMailSender
{
    /// <summary>
    /// Hands a mail to the provider. Returns what the provider says; throws where nobody knows whether it has the mail
    /// (the connection was lost, the provider is away): it is asked with <see cref="Ask"/> then.
    /// </summary>
    Task<MailStatus> Send(Guid operationId, Mail mail, CancellationToken cancel = default);

    /// <summary>What the provider knows of an operation. Asked before any mail is sent again.</summary>
    Task<MailStatus> Ask(Guid operationId, CancellationToken cancel = default);
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
