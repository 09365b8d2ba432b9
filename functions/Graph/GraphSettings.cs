using System.Net.Mail;

namespace Cohesion.Workflows.Graph;

/// <summary>Whose calendar in Microsoft 365 holds the sessions.</summary>
/// <param name="Organizer">The mailbox's address. It invites people, and this installation's identity may write its calendar and no other.</param>
public sealed record GraphSettings(string Organizer)
{
    /// <summary>Microsoft Graph; a test puts its own server here.</summary>
    public Uri Address { get; init; } = new("https://graph.microsoft.com/v1.0");

    /// <summary>Null where the text is no address.</summary>
    public static GraphSettings? TryOf(string organizer) =>
        MailAddress.TryCreate(organizer, out var address) && address.Address == organizer ? new GraphSettings(organizer) : null;
}
