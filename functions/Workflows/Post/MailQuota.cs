namespace Cohesion.Workflows.Post;

/// <summary>How many mails the provider takes from this installation; null where as many as there are.</summary>
public sealed record MailQuota(int? PerMinute = null, int? PerHour = null)
{
    public static MailQuota None { get; } = new();

    /// <summary>
    /// For a provider of which nothing is known: thirty a minute is what Exchange Online takes of a mailbox, a hundred an hour what
    /// Azure Communication Services takes of a new domain and many hosters of an account. Too many can close an account for a day, and
    /// no mail of ours is so urgent that an hour would matter to all of them.
    /// </summary>
    public static MailQuota Careful { get; } = new(30, 100);

    /// <summary>As an installation's settings say it.</summary>
    /// <param name="perMinute">0 for as many as there are; null where nothing is said.</param>
    /// <param name="perHour">The same of an hour.</param>
    /// <param name="otherwise">What holds where nothing is said.</param>
    public static MailQuota Of(int? perMinute, int? perHour, MailQuota otherwise) =>
        new(Limit(perMinute ?? otherwise.PerMinute), Limit(perHour ?? otherwise.PerHour));

    /// <summary>What mail of a haste may use: a tenth is kept for what goes at once, at least one place where there is more than one.</summary>
    public MailQuota For(Haste haste) => haste == Haste.AtOnce ? this : new(WithoutKept(PerMinute), WithoutKept(PerHour));

    public bool IsLimited => (PerMinute ?? PerHour) is not null;

    private static int? WithoutKept(int? most) => most > 1 ? most - Math.Max(1, most.Value / 10) : most;

    private static int? Limit(int? mails) => mails == 0 ? null : mails;
}
